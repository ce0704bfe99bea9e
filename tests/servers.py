"""Real web servers from Debian, with the site's settings or with none, for tests and benchmarks."""

from __future__ import annotations

import shutil
import socket
import subprocess
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from types import MappingProxyType
from typing import NamedTuple

import pytest

from macros.site import settings

_PACKAGES = {"apache2": "apache2-bin"}
_BROTLI = "/usr/lib/nginx/modules/ngx_http_brotli_static_module.so"
_APACHE_MODULES = (
    ["mpm_event", "authz_core", "dir", "mime", "autoindex", "alias", "setenvif", "filter", "deflate"],
    ["headers", "rewrite"],
)


class Place(NamedTuple):
    """Where a server finds its files, keeps files of its own, and listens; and the site's path there."""

    root: Path
    own: Path
    port: int
    base: str


class Served(NamedTuple):
    """A server that runs: where it listens, and its first process."""

    port: int
    pid: int

    @property
    def url(self) -> str:
        """The address of its root, with a slash at the end."""
        return f"http://127.0.0.1:{self.port}/"


def program(name: str) -> str:
    """Return where a server's program is; a missing one ends the whole run."""
    if path := shutil.which(name) or shutil.which(name, path="/usr/sbin"):
        return path
    advice = f"run `make test`, or install it (Debian: apt-get install {_PACKAGES.get(name, name)})"
    pytest.exit(f"{name} is missing: {advice}", returncode=1)


def _adapted(text: str, changes: Mapping[str, str]) -> str:
    """Return settings as whoever runs a server adapts them; each place to change is there once."""
    for old, new in changes.items():
        assert text.count(old) == 1, f"{old}: {text.count(old)}"
        text = text.replace(old, new)
    return text


def _nginx(place: Place, configured: bool) -> str:
    listen, root = f"listen 127.0.0.1:{place.port};", f"root {place.root};"
    if configured:
        changes = {
            "listen 80;": listen,
            "root /srv/kompetenstrappan;": root,
            "# brotli_static on;": "brotli_static on;",
        }
        site = _adapted(settings.nginx_conf(place.base), changes)
    else:  # what Debian's own settings come to
        site = f"""
            include mime.types;
            gzip on;
            server {{ {listen} {root} }}"""
        shutil.copyfile("/etc/nginx/mime.types", place.own / "mime.types")
    paths = " ".join(
        f"{kind}_temp_path {kind};" for kind in ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"]
    )
    return f"""
        load_module {_BROTLI};
        daemon off;
        pid pid;
        user root;
        error_log error.log;
        events {{ }}
        http {{
            access_log off;
            default_type application/octet-stream;
            {paths}
            {site}
        }}"""


def _apache(place: Place, configured: bool) -> str:
    modules = [name for group in _APACHE_MODULES[: 1 + configured] for name in group]
    loaded = "\n".join(f"LoadModule {name}_module /usr/lib/apache2/modules/mod_{name}.so" for name in modules)
    return f"""
        ServerRoot {place.own}
        ServerName 127.0.0.1
        Listen 127.0.0.1:{place.port}
        PidFile {place.own}/pid
        DefaultRuntimeDir {place.own}
        ErrorLog {place.own}/error.log
        {loaded}
        TypesConfig /etc/mime.types
        AddType application/x-gzip .gz .tgz
        AddLanguage br .br
        AddOutputFilterByType DEFLATE text/html text/plain text/xml text/css application/javascript
        DocumentRoot {place.root}
        <Directory {place.root}>
            Options Indexes FollowSymLinks
            AllowOverride {"FileInfo" if configured else "None"}
            Require all granted
        </Directory>
        <FilesMatch "^\\.ht">
            Require all denied
        </FilesMatch>"""


def _caddy(place: Place, configured: bool) -> str:
    listen, root = f"http://:{place.port}", f"root * {place.root}"
    if configured:
        changes = {"http://intranat.example {": f"{listen} {{", "root * /srv/kompetenstrappan": root}
        site = _adapted(settings.caddyfile(place.base), changes)
    else:
        site = f"{listen} {{\n{root}\nfile_server\n}}"
    return f"{{\nadmin off\nauto_https off\ndefault_bind 127.0.0.1\n}}\n{site}"


def _lighttpd(place: Place, configured: bool) -> str:
    cache = place.own / "compress"
    cache.mkdir()
    if configured:
        changes = {
            'document-root = "/srv/kompetenstrappan"': f'document-root = "{place.root}"',
            '"/srv/kompetenstrappan/': f'"{place.root}/',
            '$HTTP["host"] =~ "^intranat\\.example(:[0-9]+)?$"': '$HTTP["host"] =~ ""',
            "/var/cache/lighttpd/compress": str(cache),
        }
        site = _adapted(settings.lighttpd_conf(place.base), changes)
    else:
        site = 'include_shell "/usr/share/lighttpd/create-mime.conf.pl"'
    return f"""
server.modules = ( "mod_indexfile", "mod_access", "mod_alias", "mod_redirect" )
server.document-root = "{place.root}"
server.errorlog = "{place.own}/error.log"
server.bind = "127.0.0.1"
server.port = {place.port}
server.upload-dirs = ( "{place.own}" )
index-file.names = ( "index.html" )
{site}
server.modules += ( "mod_staticfile" )
"""


class Kind(NamedTuple):
    """How one kind of server is started: its settings, and the arguments before their file's name."""

    settings: Callable[[Place, bool], str]
    arguments: tuple[str, ...]


SERVERS = {
    "nginx": Kind(_nginx, ("-e", "error.log", "-p", ".", "-c")),
    "apache2": Kind(_apache, ("-D", "FOREGROUND", "-f")),
    "caddy": Kind(_caddy, ("run", "--adapter", "caddyfile", "--config")),
    "lighttpd": Kind(_lighttpd, ("-D", "-f")),
}


@contextmanager
def serving(
    name: str,
    root: Path,
    base: str = "/",
    *,
    configured: bool = True,
    changes: Mapping[str, str] = MappingProxyType({}),
) -> Iterator[Served]:
    """Start a server of a folder; it ends with the context.

    Args:
        name: one of `SERVERS`.
        root: the folder that the server publishes; the site is in it at `base`.
        base: the site's path.
        configured: whether the server has the site's settings; if not, Debian's own.
        changes: what to replace in the settings, and with what.
    """
    kind = SERVERS[name]
    with TemporaryDirectory(prefix=f"{name}-") as folder, socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        place = Place(root.resolve(), Path(folder), free.getsockname()[1], base)
        free.close()
        file = place.own / "settings"
        file.write_text(_adapted(kind.settings(place, configured), changes), "utf-8")
        output = place.own / "output"
        with output.open("wb") as log:
            process = subprocess.Popen(
                [program(name), *kind.arguments, str(file)],
                cwd=folder,
                env={"HOME": folder, "PATH": "/usr/sbin:/usr/bin:/sbin:/bin"},
                stdout=log,
                stderr=log,
            )
        try:
            _wait(place.port, process, output)
            yield Served(place.port, process.pid)
        finally:
            process.terminate()
            process.wait(10)


def _wait(port: int, process: subprocess.Popen[bytes], output: Path) -> None:
    """Wait until a server answers; raise with what it has said if it ends instead."""
    for _ in range(500):
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
        except OSError:
            assert process.poll() is None, output.read_text("utf-8", "replace")
            time.sleep(0.02)
        else:
            return
    raise TimeoutError(output.read_text("utf-8", "replace"))
