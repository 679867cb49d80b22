"""Files that are either the old one or the new one, never half of it."""

from __future__ import annotations

import errno
import os
import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

from tui_reader.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Iterator

_DISK_FULL = frozenset({errno.ENOSPC, errno.EFBIG, getattr(errno, "EDQUOT", errno.ENOSPC)})


@contextmanager
def replacing(path: Path) -> Iterator[TextIO]:
    """A UTF-8 stream that takes the place of a file when the block ends, and is thrown away when it raises.

    What is no regular file (``/dev/stdout``, a named pipe) is written to directly. A symbolic link stays one.

    Raises:
        InputError: the file cannot be written.
    """
    target = Path(os.path.realpath(path))
    is_device = target.exists() and not target.is_file()
    part = target if is_device else _new_beside(target, path)
    try:
        with part.open("w", encoding="utf-8", errors="backslashreplace", newline="\n") as stream:
            yield stream
        if not is_device:
            part.chmod(target.stat().st_mode & 0o777 if target.exists() else 0o666 & ~_umask())
            part.replace(target)
    except OSError as error:
        # Whoever uses the stream may meet errors of other files, a closed pipe for one.
        if error.errno in _DISK_FULL or error.filename in {str(part), str(target)}:
            raise _unwritable(path, error) from error
        raise
    finally:
        if not is_device:
            part.unlink(missing_ok=True)


def _new_beside(target: Path, path: Path) -> Path:
    """An empty file in the same folder, so that it can take the place of the target in one step."""
    try:
        handle, name = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}.", suffix=".part")
    except OSError as error:
        raise _unwritable(path, error) from error
    os.close(handle)
    return Path(name)


def _unwritable(path: Path, error: OSError) -> InputError:
    reason = os.strerror(error.errno) if error.errno else str(error)
    return InputError(
        f"it cannot be written: {reason[:1].lower()}{reason[1:]}", path=path, cure="name another file or folder"
    )


def _umask() -> int:
    """The process's mask for new files; asking for it means setting it."""
    mask = os.umask(0o077)
    os.umask(mask)
    return mask
