"""Addresses of pages: what cannot be one, and what was copied along with it."""

from __future__ import annotations

import re
from urllib.parse import SplitResult, urlsplit

from macros.check.words import shown

# A name with at least one dot, letters of any language, and no part that begins or ends with a hyphen.
HOST = re.compile(r"(?:(?!-)[^\W_](?:[\w-]*[^\W_])?\.)+[^\W\d_]{2,}|\d{1,3}(?:\.\d{1,3}){3}")
OWN_MACHINE = re.compile(r"localhost|127\.|0\.0\.0\.0")
LEFT_OVER = re.compile(r"(?:^|\.)example\.(?:com|org|net|se)$")
TRAILING = re.compile(r"[).,;:!?\"'”»›>\]}*_#|\\…]+$")
WHOLE = "Skriv hela adressen."


def wrong_address(url: str, name: str, bare: bool = False) -> str | None:
    """Return what is wrong with an address that begins with http:// or https://, else None.

    `name` is that of the field; `bare` allows a computer's name without a dot, and localhost.
    """
    if end := _trailing(url):
        return f'{name} slutar med "{end}". Ta bort det om det inte hör till adressen.'
    if twice := re.search(r"https?:/*(?=https?:)|https?://www\.(?=www\.)", url):
        return f'{name} har "{twice[0]}" två gånger. Ta bort det ena.'
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        return f'{name} är "{shown(url)}", som inte är en webbadress. {WHOLE}'
    return _wrong_host(parts, name, bare) or _wrong_rest(parts, name, port)


def _trailing(url: str) -> str:
    """Return the signs at the end of an address that belong to the text around it."""
    end = TRAILING.search(url)
    while end and end[0][0] == ")" and (upto := url[: end.start() + 1]).count("(") >= upto.count(")"):
        end = TRAILING.search(url, end.start() + 1)  # the bracket has its other half in the address
    return end[0] if end else ""


def _wrong_host(parts: SplitResult, name: str, bare: bool) -> str | None:
    user, sign, host = parts.netloc.rpartition("@")
    host = re.sub(r":\d*$", "", host)
    if sign:
        return f'{name} har "{shown(user)}@" före webbplatsens namn. Ta bort det.'
    if bare and re.fullmatch(r"[\w-]+(?:\.[\w-]+)*|\[[0-9a-fA-F:]+\]", host):
        return None
    if OWN_MACHINE.match(host):
        return f'"{host}" finns bara på den egna datorn. {WHOLE}'
    if LEFT_OVER.search(host):
        return f'"{host}" är bara ett exempel på en adress. Skriv den riktiga.'
    numbers = host.split(".") if host[-1:].isdigit() else []
    if not HOST.fullmatch(host) or any(int(part) > 255 for part in numbers):
        return f'"{shown(host)}" är inget namn på en webbplats. {WHOLE}'
    return None


def _wrong_rest(parts: SplitResult, name: str, port: int | None) -> str | None:
    rest = parts.netloc + parts.path + parts.query + parts.fragment
    odd = re.search(r"[\s<>\"\\^`{|}…”“«»]|%(?![0-9a-fA-F]{2})|\.\.\.|(?<!:)//", rest)
    if odd or port == 0 or parts.netloc.endswith(":"):
        sign = odd[0] if odd else ":"
        return f'{name} har "{shown(sign)}" inne i adressen. Kopiera adressen en gång till.'
    return None
