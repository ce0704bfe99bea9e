"""Settings for real web servers, published with the site; their comments are in Swedish and in English.

`.htaccess` (Apache) and `web.config` (IIS) take effect where they are; whoever runs nginx, Caddy or lighttpd
finds theirs in `server/`.
"""

from __future__ import annotations

from collections.abc import Collection
from textwrap import indent

from macros.site.headers import (
    CACHED_STATUS,
    CONTENT_TYPES,
    CSP,
    FOREVER,
    HASHED,
    HEADERS,
    HSTS,
    HTTPS,
    MIME_TYPES,
    NEVER,
    REVALIDATE,
    TEXTS,
    WORKER,
    WORKER_CSP,
)
from macros.site.iis import web_config

_FIXED = {name: value for name, value in HEADERS.items() if name != "Content-Security-Policy"}
_ERRORS = "# Ett fel får aldrig sparas i webbläsaren. An error must never be cached in the browser."
_COMPRESSED = "# Filerna finns också komprimerade. The files are there compressed, too."
_NOT_FOR_READERS = r"/(server/|web\.config$|\.htaccess$)"


def server_files(paths: Collection[str], base: str) -> dict[str, str]:
    """Return the settings of every server, by their paths on the site.

    Args:
        paths: the site's files, relative to its root.
        base: the path that the site lives under, such as `/` or `/kompetens/`.
    """
    return {
        ".htaccess": htaccess(base),
        "server/Caddyfile": caddyfile(base),
        "server/lighttpd.conf": lighttpd_conf(base),
        "server/nginx.conf": nginx_conf(base),
        "web.config": web_config(paths),
    }


def nginx_conf(base: str) -> str:
    """Return the site's settings for nginx, to be placed in `conf.d/`."""
    types = "\n".join(f"        {mime} {extension[1:]};" for extension, mime in MIME_TYPES.items())
    fixed = "\n".join(f'    add_header {name} "{value}" always;' for name, value in _FIXED.items())
    charset_types = " ".join(mime for mime in TEXTS if mime != "text/html")
    cached = "|".join(map(str, CACHED_STATUS))
    https = indent(HTTPS, "    # ")
    return f"""\
# Kompetenstrappan på nginx. Lägg filen i /etc/nginx/conf.d/, skriv er adress vid server_name och låt
# root vara mappen med webbplatsens filer. Under en undermapp, till exempel /kompetens/: lägg filerna i en
# mapp med det namnet under root, och bygg webbplatsen med SITE_URL (se README.md).
# Kompetenstrappan on nginx. Put this file in /etc/nginx/conf.d/, write your address at server_name, and let
# root be the folder with the site's files. Below a sub-path, such as /kompetens/: put the files in a
# folder of that name below root, and build the site with SITE_URL (see README.md).

map $uri $kompetenstrappan_csp {{
    default "{CSP}";
    "~{WORKER}" "{WORKER_CSP}";
}}
map $uri $kompetenstrappan_file {{
    default "{REVALIDATE}";
    "~{HASHED}" "{FOREVER}";
}}
{_ERRORS}
map $status $kompetenstrappan_cache {{
    default "{NEVER}";
    "~^({cached})$" $kompetenstrappan_file;
}}

server {{
    listen 80;
    server_name intranat.example;
    root /srv/kompetenstrappan;
    index index.html;
    error_page 404 {base}404.html;
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

    location ~ {_NOT_FOR_READERS} {{
        return 404;
    }}

{https}
    # listen 443 ssl;
    # ssl_certificate /etc/ssl/intranat.pem;
    # ssl_certificate_key /etc/ssl/private/intranat.key;
    # add_header Strict-Transport-Security "{HSTS}" always;
    # if ($scheme = http) {{
    #     return 301 https://$host$request_uri;
    # }}
}}
"""


def htaccess(base: str) -> str:
    """Return the site's `.htaccess` for Apache, which needs only `AllowOverride FileInfo`."""
    fixed = "\n".join(f'    Header always set {name} "{value}"' for name, value in _FIXED.items())
    types = "\n".join(
        f'<FilesMatch "\\{extension}(\\.br|\\.gz)?$">\n    ForceType "{mime}"\n</FilesMatch>'
        for extension, mime in CONTENT_TYPES.items()
    )
    statuses = ", ".join(f"'{status}'" for status in CACHED_STATUS)
    success = f"%{{REQUEST_STATUS}} in {{ {statuses} }}"
    https = indent(HTTPS, "# ")
    return f"""\
# Kompetenstrappan på Apache 2.4. Filen ska ligga bredvid index.html. Den gäller där servern har AllowOverride
# FileInfo (eller All) för mappen, och använder de moduler som finns: headers, rewrite, mime.
# Kompetenstrappan on Apache 2.4. This file belongs beside index.html. It takes effect where the server has
# AllowOverride FileInfo (or All) for the folder, and uses the modules that are there: headers, rewrite, mime.

ErrorDocument 404 {base}404.html
{types}

<IfModule mod_headers.c>
    Header always set Content-Security-Policy "{CSP}"
    Header always set Content-Security-Policy "{WORKER_CSP}" "expr=%{{REQUEST_URI}} =~ m#{WORKER}#"
    {_ERRORS}
    Header unset Cache-Control
    Header always set Cache-Control "{NEVER}"
    Header always set Cache-Control "{REVALIDATE}" "expr={success}"
    Header always set Cache-Control "{FOREVER}" "expr={success} && %{{REQUEST_URI}} =~ m#{HASHED}#"
{fixed}
</IfModule>

<IfModule mod_rewrite.c>
    RewriteEngine On
    RewriteRule ^(server/|web\\.config$) - [R=404,L]
    # En mapp utan sida visas inte. A folder without a page is not listed.
    RewriteCond %{{REQUEST_FILENAME}} -d
    RewriteCond %{{REQUEST_FILENAME}}/index.html !-f
    RewriteRule ^ - [R=404,L]
    {_COMPRESSED}
    <IfModule mod_mime.c>
        RemoveLanguage .br
        AddEncoding br .br
        AddEncoding gzip .gz
        RewriteCond %{{HTTP:Accept-Encoding}} \\bbr\\b
        RewriteCond %{{REQUEST_FILENAME}}.br -f
        RewriteRule ^(.+)$ $1.br [L]
        RewriteCond %{{HTTP:Accept-Encoding}} \\bgzip\\b
        RewriteCond %{{REQUEST_FILENAME}}.gz -f
        RewriteRule ^(.+)$ $1.gz [L]
    </IfModule>
</IfModule>

{https}
# Header always set Strict-Transport-Security "{HSTS}"
# RewriteCond %{{HTTPS}} off
# RewriteRule ^ https://%{{HTTP_HOST}}%{{REQUEST_URI}} [R=301,L]
"""


def caddyfile(base: str) -> str:
    """Return a complete Caddyfile for the site."""
    fixed = "\n".join(f'            {name} "{value}"' for name, value in _FIXED.items())
    types = "\n".join(
        f'        @{extension[1:]} path *{extension}\n        header @{extension[1:]} Content-Type "{mime}"'
        for extension, mime in CONTENT_TYPES.items()
    )
    https = indent(HTTPS, "    # ")
    return f"""\
# Kompetenstrappan på Caddy 2. Skriv er adress på första raden och låt root vara mappen med webbplatsens
# filer. Under en undermapp, till exempel /kompetens/: lägg filerna i en mapp med det namnet under root, och
# bygg webbplatsen med SITE_URL (se README.md).
# Kompetenstrappan on Caddy 2. Write your address on the first line, and let root be the folder with the
# site's files. Below a sub-path, such as /kompetens/: put the files in a folder of that name below root, and
# build the site with SITE_URL (see README.md).

http://intranat.example {{
    root * /srv/kompetenstrappan

    @worker path_regexp {WORKER}
    @hashed path_regexp {HASHED}
    route {{
        header {{
            Content-Security-Policy "{CSP}"
            Cache-Control "{REVALIDATE}"
{fixed}
        }}
        header @worker Content-Security-Policy "{WORKER_CSP}"
        header @hashed Cache-Control "{FOREVER}"
{types}
    }}

    @hidden path_regexp {_NOT_FOR_READERS}
    error @hidden 404
    {_COMPRESSED}
    file_server {{
        precompressed br gzip
    }}

    {_ERRORS}
    handle_errors {{
        header Cache-Control "{NEVER}"
        header Content-Type "{CONTENT_TYPES[".html"]}"
        @missing expression {{http.error.status_code}} == 404
        rewrite @missing {base}404.html
        file_server @missing {{
            precompressed br gzip
        }}
    }}

{https}
    # Caddy hämtar annars själv ett certifikat: skriv adressen utan http:// på första raden.
    # Or let Caddy obtain one by itself: write the address without http:// on the first line.
    # tls /etc/ssl/intranat.pem /etc/ssl/private/intranat.key
    # header Strict-Transport-Security "{HSTS}"
}}
"""


def lighttpd_conf(base: str) -> str:
    """Return the site's settings for lighttpd, to be placed in `conf-enabled/`."""
    types = "\n".join(f'        "{extension}" => "{mime}",' for extension, mime in CONTENT_TYPES.items())
    fixed = ",\n".join(f'        "{name}" => "{value}"' for name, value in _FIXED.items())
    texts = ", ".join(f'"{mime}"' for mime in (*TEXTS, "application/json", "image/svg+xml"))
    https = indent(HTTPS, "# ")
    return f"""\
# Kompetenstrappan på lighttpd 1.4. Lägg filen i /etc/lighttpd/conf-enabled/, skriv er adress vid host och låt
# document-root vara mappen med webbplatsens filer; mod_deflate finns i paketet lighttpd-mod-deflate. Under en
# undermapp, till exempel /kompetens/: lägg filerna i en mapp med det namnet där, och bygg webbplatsen med
# SITE_URL (se README.md).
# Kompetenstrappan on lighttpd 1.4. Put this file in /etc/lighttpd/conf-enabled/, write your address at host,
# and let document-root be the folder with the site's files; mod_deflate is in the package
# lighttpd-mod-deflate. Below a sub-path, such as /kompetens/: put the files in a folder of that name there,
# and build the site with SITE_URL (see README.md).

server.modules += ( "mod_access", "mod_setenv", "mod_expire", "mod_deflate" )

$HTTP["host"] =~ "^intranat\\.example(:[0-9]+)?$" {{
    server.document-root = "/srv/kompetenstrappan"
    server.errorfile-prefix = "/srv/kompetenstrappan{base}"
    server.tag = "lighttpd"
    index-file.names = ( "index.html" )
    dir-listing.activate = "disable"
    mimetype.assign = (
{types}
        "" => "{MIME_TYPES[".bin"]}"
    )
    # Texter komprimeras här och sparas; Pythons filer är redan packade.
    # Texts are compressed here and cached on disk; Python's files are packed already.
    deflate.mimetypes = ( {texts} )
    deflate.allowed-encodings = ( "brotli", "gzip" )
    deflate.cache-dir = "/var/cache/lighttpd/compress"

    setenv.set-response-header = (
        "Content-Security-Policy" => "{CSP}",
{fixed}
    )
    $HTTP["url"] =~ "{WORKER}" {{
        setenv.set-response-header = (
            "Content-Security-Policy" => "{WORKER_CSP}",
{fixed}
        )
    }}
    $HTTP["url"] =~ "{_NOT_FOR_READERS}" {{ url.access-deny = ( "" ) }}

    # Gäller bara det som lyckas: ett fel sparas aldrig i webbläsaren.
    # Applies to success alone: an error is never cached in the browser.
    $HTTP["url"] =~ "{HASHED}" {{ expire.url = ( "" => "access plus 365 days" ) }}
    else $HTTP["url"] !~ "{HASHED}" {{ expire.url = ( "" => "access plus 0 seconds" ) }}
}}

{https}
# server.modules += ( "mod_openssl" )
# $SERVER["socket"] == ":443" {{
#     ssl.engine = "enable"
#     ssl.pemfile = "/etc/ssl/intranat.pem"
#     ssl.privkey = "/etc/ssl/private/intranat.key"
#     setenv.add-response-header = ( "Strict-Transport-Security" => "{HSTS}" )
# }}
# $HTTP["scheme"] == "http" {{ url.redirect = ( "" => "https://${{url.authority}}${{url.path}}${{qsa}}" ) }}
"""
