"""Imported by Python itself in a child whose PYTHONPATH begins with this folder: from then on there is no network.

Python's own tries are refused by an audit hook, which writes them down and ends the process. On Linux a seccomp filter
lets the kernel end (SIGSYS) every process, and every child of it, that opens an internet socket by whatever library.

An IPv6 socket is refused by the kernel too, but nobody is ended for opening one: `import vosk` imports requests, and
that urllib3, which opens one and binds it to ::1 in order to see whether this machine knows IPv6. Nothing is sent.
"""

from __future__ import annotations

import ctypes
import errno
import os
import platform
import sys
from pathlib import Path

REPORT = "VOICE_COACH_OFFLINE_REPORT"
EXIT = 99
KERNEL = "by Python and the kernel"
_EVENTS = ("socket.connect", "socket.getaddrinfo", "socket.gethostbyname", "socket.gethostbyaddr", "socket.sendto")
_AF_UNIX, _AF_INET, _AF_INET6 = 1, 2, 10
# Machine: its number for the kernel's auditing, and that of its system call `socket`.
_SYSCALLS = {"x86_64": (0xC000003E, 41), "aarch64": (0xC00000B7, 198)}
_NO_NEW_PRIVS, _SECCOMP, _FILTER = 38, 22, 2  # of prctl
_LOAD, _EQUAL, _RETURN = 0x20, 0x15, 0x06  # BPF: load a word, jump if equal, give back
_ALLOW, _KILL, _UNKNOWN_FAMILY = 0x7FFF0000, 0x80000000, 0x00050000 | errno.EAFNOSUPPORT


def _write(line: str) -> None:
    with Path(os.environ[REPORT]).open("a", encoding="utf-8") as report:
        report.write(f"{line}\n")


def _refuse(event: str, args: tuple[object, ...]) -> None:
    """The audit hook. Of `socket.connect` the arguments are the socket and the address."""
    internet = event == "socket.__new__" and args[1] == _AF_INET
    family = getattr(args[0], "family", None) if event in _EVENTS else _AF_UNIX
    if internet or family != _AF_UNIX:
        _write(f"{event} {args[1:] if internet else args} in {sys.argv}")
        os._exit(EXIT)


class _Instruction(ctypes.Structure):
    _fields_ = (("code", ctypes.c_ushort), ("jt", ctypes.c_ubyte), ("jf", ctypes.c_ubyte), ("k", ctypes.c_uint))


class _Program(ctypes.Structure):
    _fields_ = (("length", ctypes.c_ushort), ("filter", ctypes.POINTER(_Instruction)))


def _deny_in_kernel() -> bool:
    """Have the kernel end whoever opens an internet socket; False where it cannot be asked to."""
    if not sys.platform.startswith("linux") or platform.machine() not in _SYSCALLS:
        return False
    machine, call = _SYSCALLS[platform.machine()]
    steps = [
        (_LOAD, 0, 0, 4),  # the machine
        (_EQUAL, 0, 5, machine),
        (_LOAD, 0, 0, 0),  # the system call
        (_EQUAL, 0, 3, call),
        (_LOAD, 0, 0, 16),  # its first argument, the family
        (_EQUAL, 3, 0, _AF_INET),
        (_EQUAL, 1, 0, _AF_INET6),
        (_RETURN, 0, 0, _ALLOW),
        (_RETURN, 0, 0, _UNKNOWN_FAMILY),
        (_RETURN, 0, 0, _KILL),
    ]
    code = (_Instruction * len(steps))(*(_Instruction(*step) for step in steps))
    program = _Program(len(steps), code)
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.prctl(_NO_NEW_PRIVS, 1, 0, 0, 0) != 0:
        return False
    return int(libc.prctl(_SECCOMP, _FILTER, ctypes.byref(program), 0, 0)) == 0


if REPORT in os.environ:
    sys.addaudithook(_refuse)
    _write(f"guarded {KERNEL if _deny_in_kernel() else 'by Python'}")
