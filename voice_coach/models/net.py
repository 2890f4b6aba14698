"""The only way out of this machine: one address, opened for reading, and each thing that goes wrong as a sentence."""

from __future__ import annotations

import errno
import http.client
import re
import socket
import ssl
import urllib.request
from dataclasses import dataclass
from email.message import Message
from typing import IO
from urllib.error import HTTPError
from urllib.parse import urlsplit

_HERE = ("localhost", "127.0.0.1", "::1")
_RANGE = re.compile(r"bytes (\d{1,15})-\d{1,15}/(\d{1,15}|\*)")
_UNREACHABLE = (errno.ENETUNREACH, errno.EHOSTUNREACH, errno.ENETDOWN, errno.EADDRNOTAVAIL)


class NetworkError(Exception):
    """The file did not come; `str(error)` is a sentence that says why."""


class RangeError(Exception):
    """The server has no such rest of the file as was asked for."""


class _Redirects(urllib.request.HTTPRedirectHandler):
    """To safe addresses only, and not for ever. The path of a file that is known by its sum is a short one."""

    max_redirections = 5

    def redirect_request(
        self, req: urllib.request.Request, fp: IO[bytes], code: int, msg: str, headers: Message, newurl: str
    ) -> urllib.request.Request | None:
        """None makes an error of it."""
        to = urlsplit(newurl)
        safe = to.scheme == "https" or (to.scheme == "http" and to.hostname in _HERE)
        return super().redirect_request(req, fp, code, msg, headers, newurl) if safe else None  # type: ignore[arg-type]

    def http_error_302(
        self, req: urllib.request.Request, fp: IO[bytes], code: int, msg: str, headers: Message
    ) -> IO[bytes] | None:
        """Python's own loses the connection where the new address is none."""
        try:
            return super().http_error_302(req, fp, code, msg, headers)  # type: ignore[arg-type]
        except ValueError as error:
            raise HTTPError(req.full_url, code, msg, headers, fp) from error

    http_error_301 = http_error_303 = http_error_307 = http_error_308 = http_error_302


@dataclass(frozen=True, slots=True)
class Answer:
    """A file that is coming. Close it."""

    response: http.client.HTTPResponse
    host: str
    limit_s: float
    start: int  # of its first byte in the whole file
    total: int | None  # bytes of the whole file, where the server says so
    validator: str  # what the server calls this version: a strong ETag or a date; empty where it says nothing

    def read(self, most: int) -> bytes:
        """The next bytes, as soon as there are any; none at the end. NetworkError where nothing comes any more."""
        try:
            return self.response.read1(most)
        except (OSError, http.client.HTTPException, ValueError) as error:  # ValueError: a chunk without a length
            raise NetworkError(why(error, self.host, self.limit_s)) from error

    def close(self) -> None:
        """End the connection."""
        self.response.close()


def ask(address: str, start: int, validator: str, limit_s: float) -> Answer:
    """A file from byte `start` on, if it is still the one that `validator` means; else the whole of it.

    `limit_s` is how long the server may be silent. NetworkError, or RangeError where that rest cannot be had.
    """
    headers = {"User-Agent": "voice-coach", "Accept-Encoding": "identity"}
    if start:
        headers["Range"] = f"bytes={start}-"
        if validator:
            headers["If-Range"] = validator
    host = _host(address)
    opener = urllib.request.OpenerDirector()  # no ftp, no files
    for handler in (
        urllib.request.ProxyHandler,
        urllib.request.HTTPHandler,
        urllib.request.HTTPSHandler,
        urllib.request.HTTPDefaultErrorHandler,
        urllib.request.HTTPErrorProcessor,
        _Redirects,
    ):
        opener.add_handler(handler())
    try:
        request = urllib.request.Request(address, headers=headers)
        response = opener.open(request, timeout=limit_s)
    except HTTPError as error:
        error.close()
        if error.code == http.client.REQUESTED_RANGE_NOT_SATISFIABLE and start:
            raise RangeError from error
        raise NetworkError(_refusal(error.code, host)) from error
    except (OSError, http.client.HTTPException, ValueError) as error:
        raise NetworkError(why(error, host, limit_s)) from error
    assert isinstance(response, http.client.HTTPResponse)
    try:
        return _answer(response, host, limit_s, start)
    except (NetworkError, RangeError):
        response.close()
        raise


def _answer(response: http.client.HTTPResponse, host: str, limit_s: float, start: int) -> Answer:
    if response.headers.get_content_type() == "text/html":
        raise NetworkError(
            f"{host} gives a web page instead of the file: perhaps this network wants a login first, in a browser."
        )
    packing = response.headers.get("Content-Encoding", "identity")
    if packing != "identity":
        raise NetworkError(f"{host} gives the file in a form that was not asked for ({packing}).")
    total: int | None
    if response.status == http.client.PARTIAL_CONTENT:
        said = _RANGE.fullmatch(response.headers.get("Content-Range", ""))
        if said is None or int(said[1]) != start:
            raise RangeError if start else NetworkError(f"{host} gives a piece of the file instead of the whole.")
        total = None if said[2] == "*" else int(said[2])
    elif response.status == http.client.OK:
        start, total = 0, response.length
    else:
        raise NetworkError(_refusal(response.status, host))
    tag = response.headers.get("ETag", "")
    strong = tag if tag.startswith('"') else response.headers.get("Last-Modified", "")
    return Answer(response, host, limit_s, start, total, strong)


def why(error: Exception, host: str, limit_s: float) -> str:
    """What an error of Python's network modules means, in a sentence."""
    inner = getattr(error, "reason", error)
    cause = inner if isinstance(inner, Exception) else error
    if isinstance(cause, ssl.SSLCertVerificationError):
        return (
            f"{host} could not prove that it is what it says ({cause.verify_message}): "
            "is the date of this computer right? If so, try another network."
        )
    if isinstance(cause, ssl.SSLError):
        return f"No safe connection to {host} came about ({getattr(cause, 'reason', None) or 'TLS'})."
    if isinstance(cause, socket.gaierror):
        return f"There seems to be no network: nobody knows where {host} is."
    if isinstance(cause, TimeoutError):
        return f"{host} was silent for {limit_s:g} seconds."
    if isinstance(cause, ConnectionRefusedError):
        return f"{host} refuses the connection."
    if isinstance(cause, OSError) and cause.errno in _UNREACHABLE:
        return f"There seems to be no network: {host} cannot be reached."
    if isinstance(cause, ConnectionError | http.client.HTTPException):
        return f"{host} broke the connection off."
    return f"{host} cannot be reached ({cause})."


def _refusal(status: int, host: str) -> str:
    if status in (404, 410):
        return f"{host} has no such file."
    if status in (407, 511):
        return f"This network wants a login first, in a browser ({status})."
    if status in (408, 425, 429) or status >= 500:
        return f"{host} has a trouble of its own ({status}): try again later."
    if 300 <= status < 400:
        return f"{host} sends us elsewhere again and again, or to an address that is not safe ({status})."
    return f"{host} does not give the file ({status})."


def _host(address: str) -> str:
    """Who is spoken to; NetworkError for an address that is none, or not of the web."""
    try:
        parts = urlsplit(address)
        if parts.scheme not in ("https", "http") or not parts.hostname:
            raise ValueError("such a one begins with https://")
        if parts.port == 0:
            raise ValueError("there is no port 0")
        if not address.isprintable() or " " in address:
            raise ValueError("there is a gap in it")
        proxy = urllib.request.getproxies().get(parts.scheme)
        if proxy and not urllib.request.proxy_bypass(parts.hostname):
            return f"The proxy {urlsplit(proxy).hostname or 'of this network'}"
    except ValueError as error:
        raise NetworkError(f"{address} is no address of a file on the web ({error}).") from error
    return parts.hostname
