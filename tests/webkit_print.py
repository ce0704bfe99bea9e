"""Print a page to a file from WebKit: `webkit_print.py ADDRESS FILE portrait|landscape`. WebDriver cannot.

This runs in Debian's own Python, for which Debian has the bindings of WebKit.
"""

import sys
from pathlib import Path

import gi

gi.require_version("Gtk", "3.0")
gi.require_version("WebKit2", "4.1")
from gi.repository import Gtk, WebKit2  # noqa: E402 - the versions come first

address, file, orientation = sys.argv[1:]
view = WebKit2.WebView()
window = Gtk.OffscreenWindow()
window.set_default_size(1280, 900)
window.add(view)
window.show_all()
operation = WebKit2.PrintOperation.new(view)
# What the address leads to decides what is printed.
SHOWN = """while (location.hash && !document.querySelector(":target")?.checkVisibility())
  await new Promise((resolve) => setTimeout(resolve, 50));"""


def start(*_: object) -> None:
    """Print on A4, as a reader would choose."""
    setup = Gtk.PageSetup()
    setup.set_paper_size(Gtk.PaperSize.new("iso_a4"))
    setup.set_orientation(getattr(Gtk.PageOrientation, orientation.upper()))
    settings = Gtk.PrintSettings()
    settings.set_printer("Print to File")
    settings.set("output-file-format", "pdf")
    settings.set(Gtk.PRINT_SETTINGS_OUTPUT_URI, Path(file).as_uri())
    operation.set_page_setup(setup)
    operation.set_print_settings(settings)
    operation.connect("finished", Gtk.main_quit)
    operation.print_()


def loaded(_: object, event: object) -> None:
    """Print once the page has loaded, and shows what it should."""
    if event == WebKit2.LoadEvent.FINISHED:
        view.call_async_javascript_function(SHOWN, -1, None, None, None, None, start)


view.connect("load-changed", loaded)
view.load_uri(address)
Gtk.main()
