"""Firefox and WebKit for the tests, through the W3C's WebDriver commands; Chromium is driven by Playwright.

WebKit has Debian's WebKitWebDriver, which speaks HTTP. Debian has no such program for Firefox, but Firefox
itself takes the same commands on a port of its own (Marionette). Little is used of them: a page, its scripts,
its keys, its windows.
"""

from __future__ import annotations

import json
import os
import shutil
import socket
import subprocess
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import Any, Literal

import pytest
from playwright.sync_api import Page

_MINI_BROWSER = "*/webkit2gtk-4.1/MiniBrowser"
# Awaits an expression of the page; what it gives is the driver's last argument.
_RUN = """const done = arguments[arguments.length - 1];
(async () => (%s))().then(value => done([value ?? null]), error => done([null, String(error)]))"""
# A window without a toolbar, which can be as narrow as a phone, opens only when the reader clicks.
_PHONE = """document.addEventListener("click", () => open("about:blank", "",
  "width=390,height=844"), { once: true })"""

# How a command reaches a browser: by its address and its name, with its parameters. Returns its value.
Send = Callable[[str, str, dict[str, Any] | None], Any]


def browser_path(name: str, package: str = "") -> str:
    """Return where a browser's program (`chromium`) is; a missing one ends the whole run.

    Args:
        name: the program; or a pattern, where it is not among the commands.
        package: Debian's name of what it comes with, unless that is the same.
    """
    found = shutil.which(name) or next((str(path) for path in Path("/usr/lib").glob(name)), None)
    if found:
        return found
    advice = f"run `make test`, or install it (Debian: apt-get install {package or name})"
    pytest.exit(f"{name} is missing: {advice}", returncode=1)


class WebDriver:
    """A browser that takes WebDriver commands, and its page."""

    def __init__(self, send: Send) -> None:
        self._send = send

    def open(self, url: str) -> None:
        """Go to a page, and wait until it has loaded."""
        self.run("void (window.isLeft = true)")  # WebKit returns at once when the page asks before it is left
        self._send("/url", "Navigate", {"url": url})
        wait(lambda: self.run("!window.isLeft && document.readyState === 'complete'"), url)

    def run(self, expression: str) -> Any:
        """Return the value of a JavaScript expression, awaited; what it throws is raised here."""
        body = {"script": _RUN % expression, "args": []}
        reply = self._send("/execute/async", "ExecuteAsyncScript", body)
        value, *error = reply or [None]  # no reply: the page was left meanwhile
        assert not error, f"{error[0]} in {expression}"
        return value

    def problems(self) -> list[str]:
        """What a page of the fixture `listening` has reported; Firefox keeps the page's names apart."""
        found: list[str] = self.run("(window.wrappedJSObject ?? window).problems")
        return found

    def type(self, selector: str, keys: str) -> None:
        """Press keys in the element that a selector finds, once it is shown: " " is the space bar."""
        shown = (
            f"document.querySelector({json.dumps(selector)})?.checkVisibility({{ visibilityProperty: true }})"
        )
        wait(lambda: self.run(f"!!{shown}"), selector)
        element = self._element(selector)
        self._send(f"/element/{element}/value", "ElementSendKeys", {"id": element, "text": keys})

    def _element(self, selector: str) -> str:
        body = self._send("/element", "FindElement", {"using": "css selector", "value": selector})
        (element,) = body.values()
        return str(element)

    def open_phone(self) -> None:
        """Go on in a new window, as large as a phone's."""
        (first,) = self._send("/window/handles", "GetWindowHandles", None)
        self.run(f"void {_PHONE}")
        element = self._element("html")
        self._send(f"/element/{element}/click", "ElementClick", {"id": element})
        wait(lambda: len(self._send("/window/handles", "GetWindowHandles", None)) == 2, "a second window")
        (window,) = set(self._send("/window/handles", "GetWindowHandles", None)) - {first}
        self._send("/window", "SwitchToWindow", {"handle": window})
        self._first = first

    def leave_phone(self) -> None:
        """Close that window, and go on in the first one."""
        self.run("void setTimeout(close)")
        wait(lambda: len(self._send("/window/handles", "GetWindowHandles", None)) == 1, "one window")
        self._send("/window", "SwitchToWindow", {"handle": self._first})


class Chromium:
    """A page of Playwright's with the same few methods."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def open(self, url: str) -> None:
        """Go to a page, and wait until it has loaded."""
        self.page.goto(url)

    def run(self, expression: str) -> Any:
        """Return the value of a JavaScript expression, awaited; what it throws is raised here."""
        return self.page.evaluate(f"async () => ({expression})")


Engine = Chromium | WebDriver


def wait(done: Callable[[], Any], what: str, seconds: float = 30) -> float:
    """Wait until something has come true; return how many seconds it took."""
    begun = time.monotonic()
    while not done():
        assert time.monotonic() - begun < seconds, f"not within {seconds} s: {what}"
        time.sleep(0.05)
    return time.monotonic() - begun


@contextmanager
def start_webkit() -> Iterator[WebDriver]:
    """Start WebKit on a screen that nobody sees."""
    with ExitStack() as stack:
        display = stack.enter_context(_screen())
        port = _free_port()
        environment = os.environ | {"DISPLAY": f":{display}"}
        driver = [browser_path("WebKitWebDriver", "webkit2gtk-driver"), f"--port={port}"]
        stack.enter_context(_process(driver, env=environment))

        def call(path: str, body: dict[str, Any] | None, method: str = "POST") -> Any:
            data = None if body is None else json.dumps(body).encode()
            url = f"http://127.0.0.1:{port}{path}"
            asked = urllib.request.Request(url, data, {"Content-Type": "application/json"}, method=method)
            try:
                with urllib.request.urlopen(asked) as reply:
                    return json.load(reply)["value"]
            except urllib.error.HTTPError as error:
                raise AssertionError(error.read().decode()) from None

        wait(lambda: _answers(port), "WebKitWebDriver")
        options = {"binary": browser_path(_MINI_BROWSER, "webkit2gtk-driver"), "args": ["--automation"]}
        wanted = {"webkitgtk:browserOptions": options, "unhandledPromptBehavior": "accept"}
        session = f"/session/{call('/session', {'capabilities': {'alwaysMatch': wanted}})['sessionId']}"
        stack.callback(lambda: call(session, None, "DELETE"))
        yield WebDriver(lambda path, _, body: call(session + path, body, "GET" if body is None else "POST"))


def webkit_pdf(url: str, file: Path, orientation: Literal["portrait", "landscape"] = "portrait") -> Path:
    """Print a page from WebKit to a file."""
    script = Path(__file__).with_name("webkit_print.py")
    command = [browser_path("/usr/bin/python3"), str(script), url, str(file), orientation]
    with _screen() as display:
        environment = os.environ | {"DISPLAY": f":{display}"}
        done = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=60)
    assert file.exists(), f"{done.stderr} (Debian: apt-get install python3-gi gir1.2-webkit2-4.1)"
    return file


@contextmanager
def start_firefox() -> Iterator[WebDriver]:
    """Start Firefox without a window, on a profile of its own."""
    with ExitStack() as stack:
        profile = stack.enter_context(tempfile.TemporaryDirectory())
        port = _free_port()
        Path(profile, "user.js").write_text(f'user_pref("marionette.port", {port});\n', "utf-8")
        command = [
            browser_path("firefox-esr"),
            "--marionette",
            "--headless",
            "--no-remote",
            "--profile",
            profile,
        ]
        stack.enter_context(_process(command))
        wait(lambda: _answers(port), "Firefox")
        connection = stack.enter_context(socket.create_connection(("127.0.0.1", port), timeout=120))
        stream = stack.enter_context(connection.makefile("rwb"))

        def receive() -> Any:
            size = b""
            while not size.endswith(b":"):
                size += stream.read(1)
            return json.loads(stream.read(int(size[:-1])))

        def send(_: str, name: str, body: dict[str, Any] | None) -> Any:
            message = json.dumps([0, 1, f"WebDriver:{name}", body or {}]).encode()
            stream.write(b"%d:%s" % (len(message), message))
            stream.flush()
            _, _, error, value = receive()
            assert not error, error
            return value["value"] if set(value) == {"value"} else value

        receive()  # what Firefox says first: its protocol's version
        send("", "NewSession", {"capabilities": {"alwaysMatch": {"unhandledPromptBehavior": "accept"}}})
        yield WebDriver(send)


@contextmanager
def _screen() -> Iterator[int]:
    """Start Xvfb, which chooses the display's number."""
    read, write = os.pipe()
    command = [browser_path("Xvfb", "xvfb"), "-displayfd", str(write), "-screen", "0", "1400x1000x24"]
    with _process([*command, "-nolisten", "tcp"], pass_fds=[write]), os.fdopen(read) as number:
        os.close(write)
        yield int(number.readline())


@contextmanager
def _process(command: list[str], **options: Any) -> Iterator[None]:
    """Run a program as long as it is needed, with all that it starts."""
    with subprocess.Popen(
        command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True, **options
    ) as process:
        try:
            yield
        finally:
            with suppress(ProcessLookupError):
                os.killpg(process.pid, 15)


def _free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


def _answers(port: int) -> bool:
    with socket.socket() as tried:
        return tried.connect_ex(("127.0.0.1", port)) == 0
