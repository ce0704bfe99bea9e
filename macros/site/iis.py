"""The site's `web.config`, for IIS."""

from __future__ import annotations

import re
from collections.abc import Collection
from pathlib import PurePosixPath
from textwrap import indent
from xml.sax.saxutils import quoteattr

from macros.site.headers import CONTENT_TYPES, HASHED, HEADERS, HSTS, HTTPS, WORKER, WORKER_CSP


def web_config(paths: Collection[str]) -> str:
    """Return a `web.config` for IIS, to be placed beside the site's `index.html`.

    Args:
        paths: the site's files, relative to its root.
    """
    # IIS knows no patterns: workers and folders whose names hold a hash are named one by one.
    workers = sorted(path for path in paths if re.search(WORKER, f"/{path}"))
    parents = {parent for path in paths for parent in PurePosixPath(path).parents}
    folders = sorted(str(parent) for parent in parents if re.search(HASHED, f"/{parent.name}/"))
    headers = "\n".join(f"        {_add(name, value)}" for name, value in HEADERS.items())
    types = "\n".join(
        f"      <remove fileExtension={quoteattr(extension)} />"
        f"<mimeMap fileExtension={quoteattr(extension)} mimeType={quoteattr(mime)} />"
        for extension, mime in CONTENT_TYPES.items()
    )
    year = 'cacheControlMode="UseMaxAge" cacheControlMaxAge="365.00:00:00" cacheControlCustom="immutable"'
    kept = f"<staticContent><clientCache {year} /></staticContent>"
    policy = _add("Content-Security-Policy", WORKER_CSP)
    stricter = f"<httpProtocol><customHeaders>{policy}</customHeaders></httpProtocol>"
    locations = "\n".join(
        [_location(path, kept) for path in folders] + [_location(path, stricter) for path in workers]
    )
    return f"""\
<?xml version="1.0" encoding="utf-8"?>
<!--
  Kompetenstrappan på IIS. Filen ska ligga bredvid index.html, också i en undermapp eller ett program.
  IIS komprimerar själv texterna; Pythons stora filer är redan packade.
  Svarar IIS 500.19 och pekar på httpErrors är det blocket låst på servern: ta bort raderna från <httpErrors
  till </httpErrors>. Då visar IIS sin egen sida när en sida saknas, och allt annat fungerar som förut.
  Kompetenstrappan on IIS. This file belongs beside index.html, in a sub-folder or an application too.
  IIS compresses the texts by itself; Python's big files are packed already.
  If IIS replies 500.19 and points at httpErrors, that block is locked on the server: remove the lines from
  <httpErrors to </httpErrors>. IIS then shows a page of its own for a missing one; all else works as before.

{indent(HTTPS, "  ")}
    <add name="Strict-Transport-Security" value="{HSTS}" />  (customHeaders)
    <rewrite>  (system.webServer; URL Rewrite måste finnas, URL Rewrite is needed)
      <rules>
        <rule name="https" stopProcessing="true">
          <match url="(.*)" />
          <conditions><add input="{{HTTPS}}" pattern="off" /></conditions>
          <action type="Redirect" url="https://{{HTTP_HOST}}{{REQUEST_URI}}" />
        </rule>
      </rules>
    </rewrite>
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
    <security>
      <requestFiltering>
        <hiddenSegments>
          <remove segment="server" />
          <add segment="server" />
        </hiddenSegments>
      </requestFiltering>
    </security>
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


def _add(name: str, value: str) -> str:
    """Set a header anew: one that the server sets already would stop the whole site."""
    return f"<remove name={quoteattr(name)} /><add name={quoteattr(name)} value={quoteattr(value)} />"


def _location(path: str, settings: str) -> str:
    return f"""\
  <location path={quoteattr(path)}>
    <system.webServer>
      {settings}
    </system.webServer>
  </location>"""
