"""Who may see the page: requests that are really for this address, and elsewhere only with the one-time code."""

from __future__ import annotations

import hmac
import secrets
import threading
from collections.abc import Callable, Mapping
from enum import Enum
from http.cookies import CookieError, SimpleCookie

DIGITS = 6
TRIES = 5  # wrong codes altogether: who guesses gets in once in two hundred thousand sessions
COOKIE = "voice_coach_screen"


class Verdict(Enum):
    """What is done with a request."""

    COME_IN = "come in"
    NOT_HERE = "not here"  # it was made for another name, or by another page
    CODE = "code"  # the code is asked for
    SHUT = "shut"  # the code is used up


class Door:
    """Judges requests. Without `code` only this machine can reach it, and no code is asked for.

    `authority` is the address as a browser names it, "127.0.0.1:8123"; port 80 it leaves out. `tell` is given sentences
    for the terminal. Threads may ask at the same time.
    """

    def __init__(self, authority: str, code: str | None, tell: Callable[[str], None]) -> None:
        host, port = authority.rsplit(":", 1)
        hosts = (host,) if code is not None else (host, "localhost")
        self._names = {f"{each}:{port}" for each in hosts} | ({*hosts} if port == "80" else set())
        self._code = code
        self._open = code is None
        self._tokens: set[str] = set()
        self._wrong = 0
        self._tell = tell
        self._lock = threading.Lock()

    def judge(self, headers: Mapping[str, str]) -> Verdict:
        """By its headers.

        Another name in Host is what DNS rebinding looks like; another Origin, or a fetch across sites, another page.
        """
        host = headers.get("Host", "").lower()
        origin = headers.get("Origin")
        if host not in self._names or (origin is not None and origin.lower() != f"http://{host}"):
            return Verdict.NOT_HERE
        if headers.get("Sec-Fetch-Site", "none") not in ("same-origin", "none"):
            return Verdict.NOT_HERE
        if self._open or self._known(headers.get("Cookie", "")):
            return Verdict.COME_IN
        return Verdict.SHUT if self._code is None or self._wrong >= TRIES else Verdict.CODE

    def exchange(self, code: str, who: str) -> str | None:
        """The token for the right code, which then is void; None for a wrong one."""
        given = "".join(letter for letter in code if letter.isascii() and letter.isdigit())
        with self._lock:
            if self._code is None or self._wrong >= TRIES:
                return None
            if not hmac.compare_digest(given, self._code):
                self._wrong += 1
                left = TRIES - self._wrong
                after = f"{left} more tries." if left else "No code is taken any more; start again for a new one."
                self._tell(f"Screen: a wrong code from {who}. {after}")
                return None
            self._code = None
            token = secrets.token_urlsafe(24)
            self._tokens.add(token)
        self._tell(f"Screen: {who} is connected. The code is used up.")
        return token

    def _known(self, cookies: str) -> bool:
        try:
            jar = SimpleCookie(cookies)
        except CookieError:
            return False
        found = jar.get(COOKIE)
        return found is not None and any(hmac.compare_digest(found.value.encode(), token.encode()) for token in
                                         tuple(self._tokens))  # fmt: skip


def new_code() -> str:
    """Six digits."""
    return f"{secrets.randbelow(10**DIGITS):0{DIGITS}d}"
