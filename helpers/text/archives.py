"""Zipped folders, opened with care: nothing is unpacked to the disk, and nothing is taken that grows beyond all bounds.

>>> inside("press/2031/talks.html"), inside("../talks.html"), inside("/etc/passwd"), inside("C:/talks.html")
(True, False, False, False)
"""

import re
from collections.abc import Iterator
from functools import partial
from io import BytesIO
from pathlib import PurePosixPath
from typing import BinaryIO
from zipfile import BadZipFile, ZipFile, ZipInfo

from helpers.errors import InputProblem
from helpers.text.found import LARGEST, File

MOST_FILES = 100_000
LARGEST_TABLE = 512_000_000  # bytes of one file in it
WHOLE = 8_000_000_000  # bytes of all
SWELLS = 200  # times its packed size; text is packed to a fifth, a table to a fiftieth


def inside(name: str) -> bool:
    """Does a name in an archive stay within it?"""
    return not re.match(r"[/\\]|[A-Za-z]:", name) and ".." not in re.split(r"[/\\]", name)


def opened(file: File) -> ZipFile:
    """The archive. Raises `InputProblem` for one that is damaged or holds far too much."""
    stream = file.open()
    try:
        archive = ZipFile(stream)
    except (BadZipFile, NotImplementedError, OSError, ValueError) as error:
        stream.close()
        raise InputProblem(f"{file.where}: is a damaged archive ({error}); pack or download it anew") from None
    swollen(archive, file.where)
    return archive


def swollen(archive: ZipFile, where: str) -> None:
    """Raises `InputProblem` for an archive that would unpack to far more than files of texts do."""
    members = archive.infolist()
    whole, packed = sum(m.file_size for m in members), sum(m.compress_size for m in members)
    if len(members) > MOST_FILES or whole > WHOLE or (whole > LARGEST and whole > SWELLS * packed):
        raise InputProblem(
            f"{where}: would unpack to {len(members):,} files of {whole:,} bytes, far more than articles take; "
            "unpack it yourself, if you trust it, and name the folder"
        )


def checked(stream: BinaryIO, where: str) -> BinaryIO:
    """A stream of a file that is an archive inside (.docx, .xlsx), once it is known not to unpack beyond bounds."""
    try:
        swollen(ZipFile(stream), where)
    except BadZipFile:
        raise InputProblem(
            f"{where}: is damaged, or not what its name says; save it anew as what it should be"
        ) from None
    stream.seek(0)
    return stream


def members(file: File, archive: ZipFile) -> Iterator[File | InputProblem]:
    """The files of an archive in the order of their names, each opened only when it is read."""
    for info in sorted(archive.infolist(), key=lambda i: i.filename):
        where = f"{file.where}#{info.filename}"
        if info.is_dir():
            continue
        if not inside(info.filename):
            yield InputProblem(f"{where}: would lie outside of the archive, and is not read; unpack and look at it")
        else:
            yield File(where, partial(member, archive, info, where), PurePosixPath(info.filename))


def member(archive: ZipFile, info: ZipInfo, where: str) -> BinaryIO:
    """One file of an archive, in memory. Raises `InputProblem`, also where it is larger than it says."""
    if info.flag_bits & 1:
        raise InputProblem(f"{where}: is locked by a password; unpack it, and name the folder")
    with archive.open(info) as packed:
        data = packed.read(LARGEST_TABLE + 1)
    if len(data) > LARGEST_TABLE:
        raise InputProblem(f"{where}: has over {LARGEST_TABLE:,} bytes; unpack it, and name the file itself")
    return BytesIO(data)
