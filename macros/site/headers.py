"""The response headers of the published site.

`macros.site.server` sends them, `macros.site.settings` writes them down for real servers. Each page has the
policy in a `<meta>` too (`CSP_META`), for servers where only files can be placed.
"""

from __future__ import annotations

import re
from pathlib import PurePosixPath

CSP_META = (
    "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self' data:; "
    "font-src 'self'; connect-src 'self'; worker-src 'self'; manifest-src 'self'; media-src 'self'; "
    "base-uri 'none'; form-action 'none'"
)
# frame-ancestors is ignored in a <meta>; it works in a header.
CSP = f"{CSP_META}; frame-ancestors 'self'"
# The self-check's worker, which loads Python and data, obeys its own file's header, not the page's policy.
WORKER_CSP = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; connect-src 'self'"

HEADERS = {
    "Content-Security-Policy": CSP,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Permissions-Policy": "camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), usb=()",
    "Cross-Origin-Resource-Policy": "same-origin",
}

# What has its content's hash in its path may be cached for a year; all else is checked. An error is never
# cached: a browser would show it for a year, whatever is mended on the server.
FOREVER = "public, max-age=31536000, immutable"
REVALIDATE = "no-cache"
NEVER = "no-store"
HSTS = "max-age=31536000"
CACHED_STATUS = (200, 206, 304)
HASHED = r"[.-][0-9a-f]{8,64}[./]"
WORKER = r"/worker([.-][0-9a-f]{8,64})?\.m?js$"

# What the settings of every server say of https.
HTTPS = """\
https: att bara du ser dina svar bygger på att skripten kommer fram oförändrade, och det kan bara
https säkra. Dessutom begär webbläsare brotli bara över https. Har servern ett certifikat: använd det
som står här.
https: that only the reader sees the answers relies on scripts that arrive unchanged, which https alone
can ensure. Besides, browsers request brotli over https alone. With a certificate in place: use the
lines below."""

# Every ending on the site: for others IIS answers 404.
MIME_TYPES = {
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
    ".packed": "application/octet-stream",
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
TEXTS = ("text/css", "text/csv", "text/html", "text/javascript", "text/markdown", "text/plain", "text/xml")
# As they are sent.
CONTENT_TYPES = {
    ending: f"{mime}; charset=utf-8" if mime in TEXTS else mime for ending, mime in MIME_TYPES.items()
}


def content_type(path: str) -> str:
    """Return a file's Content-Type, by its ending."""
    return CONTENT_TYPES.get(PurePosixPath(path).suffix, CONTENT_TYPES[".bin"])


def cache_control(path: str, status: int = 200) -> str:
    """Return how long a reply may be cached, by path (`/...`) and status."""
    if status not in CACHED_STATUS:
        return NEVER
    return FOREVER if re.search(HASHED, path) else REVALIDATE


def security_headers(path: str) -> dict[str, str]:
    """Return a file's security headers, by its path (`/...`)."""
    return HEADERS | {"Content-Security-Policy": WORKER_CSP} if re.search(WORKER, path) else HEADERS
