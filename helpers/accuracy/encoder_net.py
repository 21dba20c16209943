"""The encoder of stance and tone in torch: its network, its files, and its scores. Only training needs it.

The network is that of `helpers.tone.encoder`, which runs it in numpy: a BERT, and a head for each task.
"""

from __future__ import annotations

import json
import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import torch
import torch.nn as nn
import torch.nn.functional as F
from safetensors.numpy import load_file

from helpers.accuracy.encoder_rows import ABOUT, HOLDER, Example
from helpers.records import LABELS, TONES
from helpers.tone.encoder import HEADS, LONGEST

STANCE, TONE = 0, 1
LAYERS, WIDTH, INNER, WORDS = 6, 384, 1536, 30522
DROP, SMOOTHING = 0.1, 0.05  # while it is fitted
PLACES = 192  # that are stored of the base's 512: more than are ever read
DEVICE = "cuda" if torch.cuda.is_available() else "cpu"
State = Mapping[str, torch.Tensor]
NAMES = (  # theirs, ours; in this order
    ("word_embeddings", "word"), ("position_embeddings", "place"), ("layer.", "layers."),
    ("attention.self.query", "q"), ("attention.self.key", "k"), ("attention.self.value", "v"),
    ("attention.output.dense", "o"), ("attention.output.LayerNorm", "n1"), ("intermediate.dense", "f1"),
    ("output.dense", "f2"), ("output.LayerNorm", "n2"), ("LayerNorm", "norm"),
)  # fmt: skip


# --- the network ---


class Layer(nn.Module):
    """A layer of BERT."""

    def __init__(self) -> None:
        super().__init__()
        self.q, self.k, self.v, self.o = (nn.Linear(WIDTH, WIDTH) for _ in range(4))
        self.f1, self.f2 = nn.Linear(WIDTH, INNER), nn.Linear(INNER, WIDTH)
        self.n1, self.n2 = nn.LayerNorm(WIDTH, eps=1e-12), nn.LayerNorm(WIDTH, eps=1e-12)

    def forward(self, x: torch.Tensor, seen: torch.Tensor, at: torch.Tensor | None = None) -> torch.Tensor:
        """The vectors of all pieces after the layer, or of those `at` these places."""
        own = x if at is None else x.gather(1, at[..., None].expand(-1, -1, WIDTH))
        q, k, v = (
            m(y).unflatten(-1, (HEADS, -1)).transpose(1, 2) for m, y in ((self.q, own), (self.k, x), (self.v, x))
        )
        mixed = F.scaled_dot_product_attention(q, k, v, attn_mask=seen, dropout_p=DROP if self.training else 0.0)
        own = self.n1(own + F.dropout(self.o(mixed.transpose(1, 2).flatten(2)), DROP, self.training))
        inner = F.gelu(self.f1(own), approximate="tanh")
        return self.n2(own + F.dropout(self.f2(inner), DROP, self.training))


def head(size: int) -> nn.Sequential:
    """From three vectors to the labels, in two steps."""
    first, second = nn.Linear(3 * WIDTH, WIDTH), nn.Linear(WIDTH, size)
    return nn.Sequential(nn.Dropout(DROP), first, nn.GELU(approximate="tanh"), nn.Dropout(DROP), second)


class Encoder(nn.Module):
    """BERT, and a head for each task on the first piece, the mean of what is asked about, and that of the holder."""

    def __init__(self) -> None:
        super().__init__()
        self.word, self.place = nn.Embedding(WORDS, WIDTH), nn.Embedding(512, WIDTH)
        self.norm = nn.LayerNorm(WIDTH, eps=1e-12)
        self.layers = nn.ModuleList(Layer() for _ in range(LAYERS))
        self.nobody = nn.Parameter(torch.zeros(WIDTH))  # in place of a holder
        self.heads = nn.ModuleList(map(head, (len(LABELS), len(TONES))))

    def below(self, ids: torch.Tensor, layers: int) -> torch.Tensor:
        """The vectors of the pieces after so many layers."""
        x = F.dropout(self.norm(self.word(ids) + self.place.weight[: ids.shape[1]]), DROP, self.training)
        for layer in self.layers[:layers]:
            x = layer(x, looked_at(ids))
        return x

    def above(self, x: torch.Tensor, ids: torch.Tensor, roles: torch.Tensor, layers: int) -> torch.Tensor:
        """The scores of both tasks side by side, from the vectors after so many layers."""
        for layer in self.layers[layers:-1]:
            x = layer(x, looked_at(ids))
        read = (roles > 0).float()
        read[:, 0] = 2.0  # the first piece stays the first
        at = read.topk(int((read > 0).sum(1).max()), dim=1).indices
        x, roles = self.layers[-1](x, looked_at(ids), at).float(), roles.gather(1, at)
        bits = torch.stack([(roles & bit) > 0 for bit in (ABOUT, HOLDER)], -1).float()
        counts = bits.sum(1)[..., None]
        means = (bits.transpose(1, 2) @ x).float() / counts.clamp(min=1)
        holder = torch.where(counts[:, 1] > 0, means[:, 1], self.nobody)
        pooled = torch.cat([x[:, 0], means[:, 0], holder], 1)
        return torch.cat([part(pooled) for part in self.heads], 1)

    def forward(self, ids: torch.Tensor, roles: torch.Tensor) -> torch.Tensor:
        return self.above(self.below(ids, 1), ids, roles, 1)


def looked_at(ids: torch.Tensor) -> torch.Tensor:
    """Which pieces are no padding, for attention."""
    return (ids != 0)[:, None, None, :]


# --- its files ---


def based(base: Path) -> Encoder:
    """The encoder before it is fitted: the weights of the packaged base, and heads that are the same whatever the seed."""
    torch.manual_seed(0)
    model = Encoder()
    own, stored = model.state_dict(), load_file(base / "model.safetensors")
    for name, array in stored.items():
        short = name.removeprefix("bert.").removeprefix("embeddings.").removeprefix("encoder.")
        for theirs, ours in NAMES:
            short = short.replace(theirs, ours)
        if short in own:
            own[short].copy_(torch.from_numpy(array.astype(np.float32)))
    (of_type,) = (array for name, array in stored.items() if name.endswith("token_type_embeddings.weight"))
    own["place.weight"] += torch.from_numpy(of_type[:1].astype(np.float32))
    return model


def restored(path: Path) -> tuple[Encoder, list[str]]:
    """The encoder as it was stored, and its vocabulary."""
    with np.load(path, allow_pickle=False) as stored:
        arrays = {name: stored[name] for name in stored.files}
    model, own = Encoder(), {}
    for name, tensor in model.state_dict().items():
        array = arrays[name]
        full = array * arrays[f"{name}.scale"][:, None] if array.dtype == np.int8 else array
        own[name] = torch.cat([torch.from_numpy(full.astype(np.float32)), tensor[len(full) :]]) if full.ndim else tensor
    model.load_state_dict(own)
    return model, arrays["vocabulary"].tobytes().decode().split("\n")


def store(path: Path, state: State, vocabulary: Sequence[str]) -> Path:
    """The one file that the project reads: matrices as int8 with a scale a row, all else in full; the same weights give the
    same bytes."""
    arrays: dict[str, Any] = {}
    for name, tensor in sorted(state.items()):
        array = tensor.detach().float().cpu().numpy()
        array = array[:PLACES] if name.startswith("place") else array
        if array.ndim == 2 and array.shape[0] > 8:
            scale = np.maximum(np.abs(array).max(1), 1e-12).astype(np.float32) / np.float32(127)
            arrays[name] = np.rint(array / scale[:, None]).astype(np.int8)
            arrays[name + ".scale"] = scale
        else:
            arrays[name] = array.astype(np.float32)
    for name, text in (("setting", json.dumps({"layers": [*range(LAYERS)]})), ("vocabulary", "\n".join(vocabulary))):
        arrays[name] = np.frombuffer(text.encode(), np.uint8)
    np.savez(path, **arrays)
    return path


def averaged(states: Sequence[State]) -> State:
    """The mean of several models' weights."""
    return {name: sum(s[name].float() for s in states) / len(states) for name in states[0]}


# --- examples as tensors, and their scores ---


@dataclass(frozen=True)
class Table:
    """Examples as padded tensors on the device."""

    ids: torch.Tensor
    roles: torch.Tensor
    is_tone: torch.Tensor
    wanted: torch.Tensor  # probabilities of the labels
    lengths: Any = field(repr=False)  # in numpy, for the batches

    @classmethod
    def of(cls, examples: Sequence[Example], smoothing: float = 0.0) -> Table:
        ids, roles = (np.zeros((len(examples), LONGEST), dtype=np.int64) for _ in range(2))
        wanted = np.zeros((len(examples), len(TONES)), dtype=np.float32)
        for n, e in enumerate(examples):
            ids[n, : len(e.ids)], roles[n, : len(e.roles)] = e.ids, e.roles
            wanted[n, : len(e.wanted)] = smoothing / len(e.wanted) + (1 - smoothing) * np.array(e.wanted)
        is_tone = np.array([e.task == TONE for e in examples])
        lengths = np.array([len(e.ids) for e in examples])
        a, b, c, d = (torch.from_numpy(array).to(DEVICE) for array in (ids, roles, is_tone, wanted))
        return cls(a, b, c, d, lengths)

    def rows(self, rows: Sequence[int]) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor, torch.Tensor]:
        """Pieces and roles of some rows, without what is padding in all; whether each is a tone; what is wanted."""
        index, width = torch.tensor(rows, device=DEVICE), int(self.lengths[list(rows)].max())
        return self.ids[index, :width], self.roles[index, :width], self.is_tone[index], self.wanted[index]


def batches(lengths: Any, size: int, rng: random.Random | None = None) -> list[list[int]]:
    """Rows of like length together; shuffled where a source of chance is given."""
    order = list(range(len(lengths)))
    if rng is None:
        order.sort(key=lambda i: (lengths[i], i))
        return [order[i : i + size] for i in range(0, len(order), size)]
    rng.shuffle(order)
    pools = [sorted(order[i : i + size * 50], key=lambda i: lengths[i]) for i in range(0, len(order), size * 50)]
    found = [pool[i : i + size] for pool in pools for i in range(0, len(pool), size)]
    rng.shuffle(found)
    return found


class Fitting:
    """AdamW, whose rates rise for a fifteenth of the steps, then fall to nothing."""

    def __init__(self, slow: Sequence[nn.Parameter], model: Encoder, rate: float, head_rate: float, steps: int) -> None:
        self.weights = [*slow, model.nobody, *model.heads.parameters()]
        groups = [{"params": slow, "lr": rate}, {"params": self.weights[len(slow) :], "lr": head_rate}]
        self.optimiser = torch.optim.AdamW(groups, weight_decay=0.01)
        warm = max(1, steps // 15)
        self.schedule = torch.optim.lr_scheduler.LambdaLR(
            self.optimiser, lambda step: min((step + 1) / warm, max(0.0, (steps - step) / max(1, steps - warm)))
        )

    def step(self, loss: torch.Tensor) -> None:
        """One step down the slope of a loss."""
        self.optimiser.zero_grad()
        loss.backward()
        nn.utils.clip_grad_norm_(self.weights, 1.0)
        self.optimiser.step()
        self.schedule.step()


def loss_of(scores: torch.Tensor, is_tone: torch.Tensor, wanted: torch.Tensor) -> torch.Tensor:
    """The mean cross-entropy of a batch, over both tasks."""
    stance, tone = scores.float().split((len(LABELS), len(TONES)), 1)
    return torch.where(is_tone, cross_entropy(tone, wanted), cross_entropy(stance, wanted[:, : len(LABELS)])).mean()


def cross_entropy(scores: torch.Tensor, wanted: torch.Tensor) -> torch.Tensor:
    return -(wanted * F.log_softmax(scores, -1)).sum(-1)


def chances_of(model: Encoder, examples: Sequence[Example]) -> Any:
    """The probabilities of each example's labels; a stance is never mixed."""
    table, found = Table.of(examples), np.zeros((len(examples), len(TONES)), dtype=np.float32)
    model.to(DEVICE).eval()
    with torch.no_grad():
        for rows in batches(table.lengths, 64 if DEVICE == "cpu" else 512):
            ids, roles, is_tone, _ = table.rows(rows)
            stance, tone = model(ids, roles).float().split((len(LABELS), len(TONES)), 1)
            both = torch.where(is_tone[:, None], tone, F.pad(stance, (0, 1), value=-1e9))
            found[rows] = both.softmax(-1).cpu().numpy()
    return found


def macro_f1(examples: Sequence[Example], chances: Any) -> float:
    """The mean F1 of the labels that occur, times 100."""
    wanted, found = [int(np.argmax(e.wanted)) for e in examples], chances.argmax(-1).tolist()
    each = []
    for label in sorted(set(wanted)):
        right = sum(w == f == label for w, f in zip(wanted, found, strict=True))
        each.append(2 * right / (wanted.count(label) + found.count(label)))
    return round(100 * sum(each) / len(each), 1)
