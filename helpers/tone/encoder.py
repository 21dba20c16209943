"""The encoder: what a small neural network says of a stance and of a tone, in numpy alone.

>>> asked = Asked("Ada Roe condemned the raid.", target=(18, 26), holder=(0, 7))
>>> by_encoder([asked])[0].argmax(axis=1)       # doctest: +SKIP
array([0])

A BERT of a few layers (its card: ``data/models/stance_encoder.md``). Each sentence is read once, whatever is asked about it:
a head weighs the sentence's own vector with the means of those of the target (or of the content) and of its holder. Sentences
are read end to end, without padding; only attention goes sentence by sentence. The weights are stored as int8 with a scale a
row, and all arithmetic is in single precision, so that machines agree to the decimals shown.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any
from zipfile import BadZipFile, ZipFile

import numpy as np
from numpy.typing import NDArray

from helpers.errors import SetupProblem
from helpers.folders import MODELS
from helpers.quick import one_core
from helpers.tone.wordpiece import WordPiece

Numbers = NDArray[np.float32]
Range = tuple[int, int]
WEIGHTS = MODELS / "stance_encoder.npz"
HEADS = 12
LONGEST = 128  # pieces of a sentence; of a longer one those around what is marked
TOGETHER = 512  # pieces that are read at a time
MEND = "restore it with `git checkout -- data/models`, or work with --fast, which does without"


@dataclass(frozen=True)
class Asked:
    """A sentence, and where in it stand the target and its holder, or the content whose tone is asked."""

    text: str
    target: Range | None = None
    holder: Range | None = None
    contents: tuple[Range, ...] = ()


@dataclass(frozen=True)
class Layer:
    """The weights of a layer: matrices as (from, to), each with what is added."""

    attend: tuple[Numbers, Numbers]  # queries, keys and values side by side
    out: tuple[Numbers, Numbers]
    wide: tuple[Numbers, Numbers]
    narrow: tuple[Numbers, Numbers]
    norms: tuple[tuple[Numbers, Numbers], tuple[Numbers, Numbers]]


@dataclass(frozen=True)
class Encoder:
    """The stored network."""

    pieces: WordPiece
    words: tuple[NDArray[np.int8], Numbers]  # of each piece, with its scale
    places: Numbers
    norm: tuple[Numbers, Numbers]
    layers: tuple[Layer, ...]
    nobody: Numbers  # stands for the holder where there is none
    stance: tuple[tuple[Numbers, Numbers], ...]  # two steps from the three vectors to the labels
    tone: tuple[tuple[Numbers, Numbers], ...]


def by_encoder(
    targets: Sequence[Asked], contents: Sequence[Asked] = (), model: Encoder | None = None
) -> tuple[Numbers, Numbers]:
    """The scores of LABELS for each target, and those of LABELS and "mixed" for each content, row by row."""
    model = model or encoder()
    first, second = ([read_pieces(a, model.pieces) for a in asked] for asked in (targets, contents))
    vectors = vectors_of(model, {r.numbers for r in (*first, *second)})
    return scored(first, vectors, model.nobody, model.stance), scored(second, vectors, model.nobody, model.tone)


# --- the stored weights ---


@cache
def encoder(path: Path = WEIGHTS) -> Encoder:
    """The network as stored. Raises `SetupProblem` where the file is missing or damaged."""
    with opened(path), np.load(path, allow_pickle=False) as stored:
        return read({name: stored[name] for name in stored.files})


def checksums(path: Path = WEIGHTS) -> dict[str, int]:
    """The checksum of each array, as the file keeps them. Raises `SetupProblem`, as `encoder` does."""
    with opened(path), ZipFile(path) as stored:
        return {member.filename: member.CRC for member in stored.infolist()}


@contextmanager
def opened(path: Path) -> Iterator[None]:
    """Whatever hinders reading the weights is a `SetupProblem` that says what to do."""
    try:
        yield
    except FileNotFoundError as error:
        raise SetupProblem(f"{path}: is missing; {MEND}") from error
    except (OSError, EOFError, BadZipFile, ValueError, KeyError, IndexError) as error:
        raise SetupProblem(f"{path}: is damaged; {MEND}") from error


def read(arrays: Mapping[str, NDArray[Any]]) -> Encoder:
    """The network out of its arrays."""

    def full(name: str) -> Numbers:
        array = arrays[name]
        scaled = array * arrays[f"{name}.scale"][:, None] if array.dtype == np.int8 else array
        return np.ascontiguousarray(scaled, dtype=np.float32)

    def step(name: str) -> tuple[Numbers, Numbers]:
        return np.ascontiguousarray(full(f"{name}.weight").T), full(f"{name}.bias")

    def pair(name: str) -> tuple[Numbers, Numbers]:
        return full(f"{name}.weight"), full(f"{name}.bias")

    def layer(name: str) -> Layer:
        weights, added = zip(*(step(f"{name}.{part}") for part in "qkv"), strict=True)
        attend = np.concatenate(weights, axis=1), np.concatenate(added)
        out, wide, narrow = (step(f"{name}.{part}") for part in ("o", "f1", "f2"))
        return Layer(attend, out, wide, narrow, norms=(pair(f"{name}.n1"), pair(f"{name}.n2")))

    told = json.loads(arrays["setting"].tobytes())
    words = arrays["word.weight"], arrays["word.weight.scale"]
    pieces = arrays["vocabulary"].tobytes().decode().split("\n")
    if len(pieces) != len(words[0]) or len(words[0]) != len(words[1]):
        raise ValueError("pieces and their vectors do not go together")
    return Encoder(
        pieces=WordPiece(pieces),
        words=words,
        places=full("place.weight"),
        norm=pair("norm"),
        layers=tuple(layer(f"layers.{n}") for n in range(len(told["layers"]))),
        nobody=full("nobody"),
        stance=(step("heads.0.1"), step("heads.0.4")),
        tone=(step("heads.1.1"), step("heads.1.4")),
    )


# --- a sentence as numbers ---


@dataclass(frozen=True)
class Read:
    """A sentence's pieces as numbers, and which of them are what is asked about, and the holder."""

    numbers: tuple[int, ...]
    asked: tuple[int, ...]
    holder: tuple[int, ...]


def read_pieces(asked: Asked, pieces: WordPiece) -> Read:
    """The pieces between [CLS] and [SEP]."""
    found = pieces.pieces(asked.text)

    def inside(*spans: Range | None) -> list[int]:
        return [i for i, p in enumerate(found) if any(s is not None and p.start < s[1] and s[0] < p.end for s in spans)]

    about, holder = inside(asked.target, *asked.contents), inside(asked.holder)
    kept = window(about or holder, len(found))
    numbers = (pieces.numbers["[CLS]"], *(found[i].number for i in kept), pieces.numbers["[SEP]"])
    return Read(numbers, *(tuple(i - kept.start + 1 for i in places if i in kept) for places in (about, holder)))


def window(asked: Sequence[int], size: int, longest: int = LONGEST - 2) -> range:
    """Which pieces are read of a text of `size`: all, or those around the ones that are asked about.

    >>> window([150], 200, 100), window([5], 200, 100), window([], 50, 100)
    (range(100, 200), range(0, 100), range(0, 50))
    """
    middle = (asked[0] + asked[-1]) // 2 if asked else 0
    first = max(0, min(middle - longest // 2, size - longest))
    return range(first, min(size, first + longest))


# --- arithmetic ---


def vectors_of(model: Encoder, sentences: Iterable[tuple[int, ...]]) -> dict[tuple[int, ...], Numbers]:
    """The vectors of each sentence's pieces."""
    found: dict[tuple[int, ...], Numbers] = {}
    parts = list(parted(sorted(sentences, key=lambda numbers: (len(numbers), numbers))))
    room = Room.of(model.layers[0], max((sum(map(len, part)) for part in parts), default=0))
    with one_core():
        for part in parts:
            sizes = [len(numbers) for numbers in part]
            x = embedded(model, part)
            for layer in model.layers:
                x = passed(layer, x, sizes, room)
            found.update(zip(part, np.split(x, np.cumsum(sizes)[:-1]), strict=True))
    return found


@dataclass(frozen=True)
class Room:
    """Where a layer's products are put: fresh memory each time costs a tenth of the work."""

    attend: Numbers
    wide: Numbers
    gate: Numbers

    @classmethod
    def of(cls, layer: Layer, most: int) -> Room:
        """Room for so many pieces."""
        sides = (layer.attend[1].size, layer.wide[1].size, layer.wide[1].size)
        return cls(*(np.empty((most, side), np.float32) for side in sides))


def scored(
    reads: Sequence[Read],
    vectors: Mapping[tuple[int, ...], Numbers],
    nobody: Numbers,
    head: Sequence[tuple[Numbers, Numbers]],
) -> Numbers:
    """The head's scores, from the vectors of the sentence's first piece, of what is asked about, and of the holder."""
    rows = np.zeros((len(reads), 3, nobody.size), np.float32)
    rows[:, 2] = nobody
    for row, read in zip(rows, reads, strict=True):
        own = vectors[read.numbers]
        row[0] = own[0]
        for n, places in ((1, read.asked), (2, read.holder)):
            if places:
                row[n] = own[list(places)].mean(0)
    (first, added), (second, added_too) = head
    return gelu(rows.reshape(len(reads), 3 * nobody.size) @ first + added) @ second + added_too


def parted(sentences: Iterable[tuple[int, ...]]) -> Iterator[list[tuple[int, ...]]]:
    """Sentences in parts of `TOGETHER` pieces or a few more."""
    part: list[tuple[int, ...]] = []
    for sentence in sentences:
        part.append(sentence)
        if sum(map(len, part)) >= TOGETHER:
            yield part
            part = []
    if part:
        yield part


def embedded(model: Encoder, sentences: Sequence[tuple[int, ...]]) -> Numbers:
    """The vectors of pieces and places, sentences end to end."""
    vectors, scales = model.words
    numbers = np.concatenate([np.array(s) for s in sentences])
    places = np.concatenate([np.arange(len(s)) for s in sentences])
    return normed(vectors[numbers] * scales[numbers][:, None] + model.places[places], model.norm)


def passed(layer: Layer, x: Numbers, sizes: Sequence[int], room: Room) -> Numbers:
    """The sentences, end to end, after a layer."""
    mixed = np.empty_like(x)
    attend = np.matmul(x, layer.attend[0], out=room.attend[: len(x)])
    attend += layer.attend[1]
    start = 0
    for size in sizes:
        mixed[start : start + size] = attention(attend[start : start + size])
        start += size
    added = mixed @ layer.out[0]
    added += layer.out[1]
    added += x
    x = normed(added, layer.norms[0])
    wide = np.matmul(x, layer.wide[0], out=room.wide[: len(x)])
    wide += layer.wide[1]
    added = np.matmul(gelu(wide, room.gate[: len(x)]), layer.narrow[0], out=mixed)
    added += layer.narrow[1]
    added += x
    return normed(added, layer.norms[1])


def attention(attend: Numbers) -> Numbers:
    """What each piece of one sentence takes from the others."""
    size, width = len(attend), attend.shape[1] // 3
    q, k, v = attend.reshape(size, 3, HEADS, width // HEADS).transpose(1, 2, 0, 3)
    looks = q @ k.transpose(0, 2, 1)
    looks *= np.float32((width // HEADS) ** -0.5)
    looks -= looks.max(-1, keepdims=True)
    np.exp(looks, out=looks)
    looks /= looks.sum(-1, keepdims=True)
    return np.asarray((looks @ v).transpose(1, 0, 2).reshape(size, width))


def normed(x: Numbers, norm: tuple[Numbers, Numbers]) -> Numbers:
    """Each row with mean 0 and variance 1, then scaled and shifted; in place."""
    x -= x.mean(-1, keepdims=True)
    x /= np.sqrt(np.einsum("ij,ij->i", x, x)[:, None] / np.float32(x.shape[1]) + np.float32(1e-12))
    x *= norm[0]
    x += norm[1]
    return x


def gelu(x: Numbers, room: Numbers | None = None) -> Numbers:
    """x where it is large, 0 where it is small (Hendrycks & Gimpel 2016, with tanh, which is written with exp: half the time).

    >>> gelu(np.array([-9, 0, 9], np.float32)).round(3).tolist()
    [-0.0, 0.0, 9.0]
    """
    u = np.multiply(x, x, out=room)
    u *= np.float32(-2 * 0.7978845608 * 0.044715)
    u -= np.float32(2 * 0.7978845608)
    u *= x
    np.minimum(u, np.float32(80), out=u)  # a larger one has no place in single precision
    np.exp(u, out=u)
    u += 1
    return np.divide(x, u, out=u)
