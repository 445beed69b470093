"""Addresses to listen on: whether one can be had, and what to say when it cannot."""

import errno
import socket

from motcua import troubles


class CannotListen(Exception):
    """The address cannot be had; the text, for the person who typed the command, says why."""


def check_free(host: str, port: int) -> None:
    """Raise CannotListen unless a server could listen there now."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)
        family, kind, protocol, _name, address = found[0]
        with socket.socket(family, kind, protocol) as trial:
            trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            trial.bind(address)
    except OSError as problem:
        raise CannotListen(_words(host, port, problem)) from None


def _words(host: str, port: int, problem: OSError) -> str:
    match problem.errno:
        case errno.EADDRINUSE:
            return f"cổng {port} đang có chương trình khác dùng. Chọn cổng khác: --port {port + 1}"
        case errno.EACCES:
            return f"cổng {port} cần quyền quản trị máy. Chọn cổng từ 1024 trở lên"
    if isinstance(problem, socket.gaierror):
        return f"không có máy nào tên {host}. Chọn tên hay địa chỉ của máy này: --host"
    return f"máy này không mở được địa chỉ {host}: {troubles.of_machine(problem)}"
