"""The response headers of the published site, in one place.

`macros.site.server` sends them, and `nginx_conf` and `web_config` write them down for a
real server. Every page's `<meta>` has the same policy (`CSP_META`), so the
site is as closed on a server where only files can be placed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import PurePosixPath
from xml.sax.saxutils import quoteattr

CSP_META = (
    "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self' data:; "
    "font-src 'self'; connect-src 'self'; worker-src 'self'; manifest-src 'self'; media-src 'self'; "
    "base-uri 'none'; form-action 'none'"
)
# frame-ancestors is ignored in a <meta>; it works in a header.
CSP = f"{CSP_META}; frame-ancestors 'self'"
# The self-check's worker obeys the header of its own file, not the page's policy. It loads Python and data.
WORKER_CSP = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; connect-src 'self'"

HEADERS: dict[str, str] = {
    "Content-Security-Policy": CSP,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Permissions-Policy": "camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), usb=()",
    "Cross-Origin-Resource-Policy": "same-origin",
}

# A path with its content's hash in it never changes, so it may be kept for a year; all else is checked.
FOREVER = "public, max-age=31536000, immutable"
REVALIDATE = "no-cache"
_HASHED = r"[.-][0-9a-f]{8,64}[./]"
_WORKER = r"/worker([.-][0-9a-f]{8,64})?\.m?js$"

# IIS answers 404 for an ending that is not listed, so this lists every ending on the site.
MIME_TYPES: dict[str, str] = {
    ".bin": "application/octet-stream",
    ".css": "text/css",
    ".csv": "text/csv",
    ".html": "text/html",
    ".ico": "image/x-icon",
    ".js": "text/javascript",
    ".json": "application/json",
    ".map": "application/json",
    ".md": "text/markdown",
    ".mjs": "text/javascript",
    ".pdf": "application/pdf",
    ".png": "image/png",
    ".pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    ".svg": "image/svg+xml",
    ".txt": "text/plain",
    ".wasm": "application/wasm",
    ".webmanifest": "application/manifest+json",
    ".woff2": "font/woff2",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".xml": "text/xml",
    ".yml": "application/yaml",
    ".zip": "application/zip",
}
_TEXTS = ("text/css", "text/csv", "text/html", "text/javascript", "text/markdown", "text/plain", "text/xml")


def content_type(path: str) -> str:
    """Return the Content-Type of a file, by its ending; texts are UTF-8."""
    return _with_charset(MIME_TYPES.get(PurePosixPath(path).suffix, MIME_TYPES[".bin"]))


def cache_control(path: str) -> str:
    """Return how long a file may be kept, by whether its path (from the site's root, `/...`) holds a hash."""
    return FOREVER if re.search(_HASHED, path) else REVALIDATE


def security_headers(path: str) -> dict[str, str]:
    """Return the security headers of a file; the self-check's worker has a policy of its own."""
    return HEADERS | {"Content-Security-Policy": WORKER_CSP} if re.search(_WORKER, path) else HEADERS


def nginx_conf() -> str:
    """Return a complete nginx configuration for the site, to be placed in `conf.d/`."""
    types = "\n".join(f"        {mime} {extension[1:]};" for extension, mime in MIME_TYPES.items())
    fixed = "\n".join(
        f'    add_header {name} "{value}" always;'
        for name, value in HEADERS.items()
        if name != "Content-Security-Policy"
    )
    charset_types = " ".join(mime for mime in _TEXTS if mime != "text/html")
    return f"""\
# Kompetenstrappan på nginx. Lägg filen i /etc/nginx/conf.d/, skriv er adress vid server_name och låt
# root vara mappen med webbplatsens filer.
# Under en undermapp, till exempel /kompetens/: lägg filerna i en mapp med det namnet under root,
# skriv error_page 404 /kompetens/404.html, och bygg webbplatsen med SITE_URL (se README.md).
# Kompetenstrappan on nginx. Put this file in /etc/nginx/conf.d/, write your address at server_name, and let
# root be the folder with the site's files.
# Below a sub-path, such as /kompetens/: put the files in a folder of that name below root,
# write error_page 404 /kompetens/404.html, and build the site with SITE_URL (see README.md).

map $uri $kompetenstrappan_csp {{
    default "{CSP}";
    "~{_WORKER}" "{WORKER_CSP}";
}}
map $uri $kompetenstrappan_cache {{
    default "{REVALIDATE}";
    "~{_HASHED}" "{FOREVER}";
}}

server {{
    listen 80;
    server_name intranat.example;
    root /srv/kompetenstrappan;
    index index.html;
    error_page 404 /404.html;
    absolute_redirect off;
    server_tokens off;

    charset utf-8;
    charset_types {charset_types};
    default_type {MIME_TYPES[".bin"]};
    types {{
{types}
    }}

    # Filerna finns också komprimerade. För brotli behövs paketet libnginx-mod-http-brotli-static.
    # The files are there compressed, too. Brotli needs the package libnginx-mod-http-brotli-static.
    gzip_static on;
    gzip_vary on;
    # brotli_static on;

    add_header Content-Security-Policy $kompetenstrappan_csp always;
    add_header Cache-Control $kompetenstrappan_cache always;
{fixed}
}}
"""


def web_config(paths: Iterable[str]) -> str:
    """Return a `web.config` for IIS, to be placed beside the site's `index.html`.

    Args:
        paths: the site's files, relative to its root; IIS knows no patterns, so the worker and the
            folders whose name holds a hash are named one by one.
    """
    files = sorted(set(paths))
    workers = [path for path in files if re.search(_WORKER, f"/{path}")]
    folders = sorted(
        {
            parent.as_posix()
            for path in files
            for parent in PurePosixPath(path).parents
            if re.search(_HASHED, f"/{parent.name}/")
        }
    )
    headers = "\n".join(f"        {_add(name, value)}" for name, value in HEADERS.items())
    types = "\n".join(
        f"      <remove fileExtension={quoteattr(extension)} />"
        f"<mimeMap fileExtension={quoteattr(extension)} mimeType={quoteattr(_with_charset(mime))} />"
        for extension, mime in MIME_TYPES.items()
    )
    year = 'cacheControlMode="UseMaxAge" cacheControlMaxAge="365.00:00:00" cacheControlCustom="immutable"'
    stricter = _add("Content-Security-Policy", WORKER_CSP)
    locations = "\n".join(
        [_location(folder, f"<staticContent><clientCache {year} /></staticContent>") for folder in folders]
        + [
            _location(worker, f"<httpProtocol><customHeaders>{stricter}</customHeaders></httpProtocol>")
            for worker in workers
        ]
    )
    return f"""\
<?xml version="1.0" encoding="utf-8"?>
<!--
  Kompetenstrappan på IIS. Filen ska ligga bredvid index.html, också i en undermapp eller ett program.
  IIS komprimerar själv; för Pythons .wasm-fil lägger den som sköter servern till typen application/wasm
  under system.webServer/httpCompression/staticTypes i applicationHost.config.
  Kompetenstrappan on IIS. This file belongs beside index.html, in a sub-folder or an application too.
  IIS compresses by itself; for Python's .wasm file add the type application/wasm
  to system.webServer/httpCompression/staticTypes in applicationHost.config.
-->
<configuration>
  <system.webServer>
    <urlCompression doStaticCompression="true" />
    <defaultDocument enabled="true">
      <files>
        <clear />
        <add value="index.html" />
      </files>
    </defaultDocument>
    <httpErrors errorMode="Custom">
      <remove statusCode="404" />
      <error statusCode="404" path="404.html" responseMode="File" />
    </httpErrors>
    <httpProtocol>
      <customHeaders>
        <remove name="X-Powered-By" />
{headers}
      </customHeaders>
    </httpProtocol>
    <staticContent>
      <clientCache cacheControlMode="DisableCache" />
{types}
    </staticContent>
  </system.webServer>
{locations}
</configuration>
"""


def _with_charset(mime: str) -> str:
    return f"{mime}; charset=utf-8" if mime in _TEXTS else mime


def _add(name: str, value: str) -> str:
    """Set a header; one that the server sets already would otherwise stop the whole site."""
    return f"<remove name={quoteattr(name)} /><add name={quoteattr(name)} value={quoteattr(value)} />"


def _location(path: str, settings: str) -> str:
    return f"""\
  <location path={quoteattr(path)}>
    <system.webServer>
      {settings}
    </system.webServer>
  </location>"""
