"""Fit the encoder of stance and tone: ``python -m helpers.accuracy.training_encoder BASE GOLD OWN RUNS``.

BASE is the folder of the packaged base (see the card), GOLD that of the annotated sentences (``newsmtsc_train.jsonl``,
``dse_train.jsonl`` and the development parts), OWN that of the project's own fictional ones (``stance_train.jsonl``,
``tone_train.jsonl``, and ``transfer.jsonl``: unlabelled targets), RUNS one for what is made on the way.

Two settings are fitted with several seeds each; their ensemble labels all sentences for students (Hinton et al. 2015), whose
weights are averaged (Wortsman et al., ICML 2022) and stored as int8 with a scale a row. Needs torch and safetensors, which no
user needs, and nothing else of the project. Four minutes on a large GPU.
"""

from __future__ import annotations

import argparse
import json
import math
import multiprocessing
import random
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any

import numpy as np
import torch
import torch.nn as nn
import torch.nn.functional as F
from safetensors.numpy import load_file

from helpers.accuracy.encoder_rows import (
    ABOUT,
    HOLDER,
    Example,
    examples_of,
    rows_of,
    told_rows,
    unknown_to,
)
from helpers.records import LABELS, TONES
from helpers.tone.wordpiece import WordPiece

HEADS = 12
FOLDS = 5
STANCE, TONE = 0, 1
OWN = {"stance_train", "tone_train"}
DEVELOPMENT = ("newsmtsc_rw_dev", "newsmtsc_mt_dev", "dse_dev")
State = dict[str, torch.Tensor]
NAMES = (  # theirs, ours; in this order
    ("word_embeddings", "word"), ("position_embeddings", "place"), ("layer.", "layers."),
    ("attention.self.query", "q"), ("attention.self.key", "k"), ("attention.self.value", "v"),
    ("attention.output.dense", "o"), ("attention.output.LayerNorm", "n1"), ("intermediate.dense", "f1"),
    ("output.dense", "f2"), ("output.LayerNorm", "n2"), ("LayerNorm", "norm"),
)  # fmt: skip


@dataclass(frozen=True)
class Setting:
    """One way to fit the encoder."""

    name: str = "plain"
    layers: tuple[int, ...] = (0, 1, 2, 3, 4, 5)  # of the base that are kept
    lr: float = 8e-5
    head_lr: float = 1e-3
    epochs: int = 4
    batch: int = 32
    own: int = 3  # how often the project's own sentences are seen in an epoch
    told: float = 0.0  # augmented sentences, as a share of the others
    dse: float = 1.0  # share of the sentences with a holder that are seen
    tone: float = 1.0  # weight of the loss of tone
    frozen: bool = True  # are the word vectors left as they are?
    smoothing: float = 0.05
    taught: float = 0.0  # share of the loss that the ensemble's probabilities give
    seed: int = 0
    fold: int = -1  # of the project's own sentences, left out for measuring; -1: none

    @property
    def device(self) -> str:
        return "cuda" if torch.cuda.is_available() else "cpu"


TEACHERS = (
    (Setting("teacher-a", batch=64, lr=12e-5, dse=0.5, told=0.15, own=4), 6),
    (Setting("teacher-b", batch=64, lr=8e-5, dse=0.25, told=0.1, own=4, epochs=5), 6),
)
STUDENTS = ((Setting("student", batch=64, lr=12e-5, dse=0.5, told=0.15, own=4, epochs=6, taught=0.7), 5),)


# --- the model ---


class Layer(nn.Module):
    """A layer of BERT."""

    def __init__(self, width: int, inner: int, drop: float) -> None:
        super().__init__()
        self.q, self.k, self.v, self.o = (nn.Linear(width, width) for _ in range(4))
        self.f1, self.f2 = nn.Linear(width, inner), nn.Linear(inner, width)
        self.n1, self.n2 = nn.LayerNorm(width, eps=1e-12), nn.LayerNorm(width, eps=1e-12)
        self.drop = drop

    def forward(self, x: torch.Tensor, seen: torch.Tensor) -> torch.Tensor:
        b, n, width = x.shape
        q, k, v = (m(x).view(b, n, HEADS, -1).transpose(1, 2) for m in (self.q, self.k, self.v))
        mixed = F.scaled_dot_product_attention(q, k, v, attn_mask=seen, dropout_p=self.drop if self.training else 0.0)
        x = self.n1(x + F.dropout(self.o(mixed.transpose(1, 2).reshape(b, n, width)), self.drop, self.training))
        inner = F.gelu(self.f1(x), approximate="tanh")
        return self.n2(x + F.dropout(self.f2(inner), self.drop, self.training))


class Encoder(nn.Module):
    """BERT, and a head for each task on the first piece, the mean of what is asked about, and that of the holder."""

    def __init__(self, layers: int, width: int = 384, inner: int = 1536, words: int = 30522) -> None:
        super().__init__()
        self.drop = 0.1
        self.word, self.place = nn.Embedding(words, width), nn.Embedding(512, width)
        self.norm = nn.LayerNorm(width, eps=1e-12)
        self.layers = nn.ModuleList(Layer(width, inner, self.drop) for _ in range(layers))
        self.nobody = nn.Parameter(torch.zeros(width))  # in place of a holder
        self.heads = nn.ModuleList(
            nn.Sequential(
                nn.Dropout(0.1), nn.Linear(3 * width, width), nn.GELU(approximate="tanh"), nn.Dropout(0.1),
                nn.Linear(width, size),
            )
            for size in (len(LABELS), len(TONES))
        )  # fmt: skip

    def forward(self, ids: torch.Tensor, roles: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
        x = self.word(ids) + self.place.weight[: ids.shape[1]]
        x = F.dropout(self.norm(x), self.drop, self.training)
        seen = (ids != 0)[:, None, None, :]
        for layer in self.layers:
            x = layer(x, seen)
        x = x.float()
        bits = torch.stack([(roles & bit) > 0 for bit in (ABOUT, HOLDER)], -1).float()
        counts = bits.sum(1)[..., None]
        means = (bits.transpose(1, 2) @ x).float() / counts.clamp(min=1)
        holder = torch.where(counts[:, 1] > 0, means[:, 1], self.nobody)
        pooled = torch.cat([x[:, 0], means[:, 0], holder], 1)
        return self.heads[STANCE](pooled), self.heads[TONE](pooled)


def based(base: Path, setting: Setting) -> Encoder:
    """The encoder before it is fitted: the weights of the base, and heads that are the same whatever the seed."""
    torch.manual_seed(0)
    model = Encoder(len(setting.layers))
    own = model.state_dict()
    for name, array in base_weights(base).items():
        part = name.split(".")
        if part[0] == "layers":
            if int(part[1]) not in setting.layers:
                continue
            part[1] = str(setting.layers.index(int(part[1])))
        own[".".join(part)].copy_(torch.from_numpy(array))
    return model


def base_weights(base: Path) -> dict[str, Any]:
    """The weights of the packaged base by our names."""
    stored = {n.removeprefix("bert."): a for n, a in load_file(base / "model.safetensors").items()}
    found: dict[str, Any] = {}
    for name, array in stored.items():
        short = name.removeprefix("embeddings.").removeprefix("encoder.")
        for theirs, ours in NAMES:
            short = short.replace(theirs, ours)
        if array.dtype.kind == "f" and not short.startswith(("pooler", "token_type")):
            found[short] = array.astype(np.float32)
    found["place.weight"] = found["place.weight"] + stored["embeddings.token_type_embeddings.weight"][:1].astype(
        np.float32
    )
    return found


# --- the data, as tensors on the device ---


@dataclass(frozen=True)
class Table:
    """Examples as padded tensors."""

    ids: torch.Tensor
    roles: torch.Tensor
    task: torch.Tensor
    wanted: torch.Tensor  # probabilities of the labels
    weight: torch.Tensor
    lengths: Any = field(repr=False)  # in numpy, for the batches

    @classmethod
    def of(cls, examples: Sequence[Example], device: str, smoothing: float = 0.0) -> Table:
        longest = max(len(e.ids) for e in examples)
        ids, roles = (np.zeros((len(examples), longest), dtype=np.int64) for _ in range(2))
        wanted = np.zeros((len(examples), len(TONES)), dtype=np.float32)
        for n, e in enumerate(examples):
            ids[n, : len(e.ids)], roles[n, : len(e.roles)] = e.ids, e.roles
            size = len(TONES) if e.task == TONE else len(LABELS)
            wanted[n, :size] = smoothing / size + (1 - smoothing) * np.array(e.wanted)
        return cls(
            torch.from_numpy(ids).to(device),
            torch.from_numpy(roles).to(device),
            torch.tensor([e.task for e in examples], device=device),
            torch.from_numpy(wanted).to(device),
            torch.tensor([e.weight for e in examples], device=device),
            np.array([len(e.ids) for e in examples]),
        )


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


# --- fitting ---


@dataclass(frozen=True)
class Sources:
    """All examples by set, in a fixed order."""

    sets: Mapping[str, list[Example]]

    def training(self, setting: Setting) -> list[Example]:
        """The examples that a setting is fitted to."""
        rng = random.Random(setting.seed)
        dse = self.sets["dse_train"]
        rows = [*self.sets["newsmtsc_train"], *rng.sample(dse, round(setting.dse * len(dse)))]
        for name, weight in (("stance_train", 1.0), ("tone_train", setting.tone)):
            own = [replace(e, weight=weight) for e in self.sets[name] if e.fold != setting.fold]
            rows += own * setting.own if weight else []
        told = [e for e in self.sets["told"] if e.fold != setting.fold]
        rows += rng.sample(told, min(len(told), round(setting.told * len(rows))))
        return rows

    def measured(self, setting: Setting) -> dict[str, list[Example]]:
        """The examples that a setting is measured on, by set."""
        found = {name: self.sets[name] for name in DEVELOPMENT}
        for name in ("stance_train", "tone_train"):
            left = [e for e in self.sets[name] if e.fold == setting.fold]
            if left:
                found[name] = left
        return found


def fit(model: Encoder, table: Table, setting: Setting) -> float:
    """Fit the model; the mean loss of the last epoch."""
    torch.manual_seed(1 + setting.seed)
    rng = random.Random(setting.seed)
    model.to(setting.device).train()
    model.word.weight.requires_grad_(not setting.frozen)
    slow = [
        p
        for n, p in model.named_parameters()
        if p.requires_grad and n.split(".")[0] in ("word", "place", "norm", "layers")
    ]
    fast = [p for n, p in model.named_parameters() if n.split(".")[0] in ("nobody", "heads")]
    groups = [{"params": slow, "lr": setting.lr}, {"params": fast, "lr": max(setting.head_lr, setting.lr)}]
    optimiser = torch.optim.AdamW(groups, weight_decay=0.01, fused=True)
    steps = setting.epochs * math.ceil(len(table.lengths) / setting.batch) + setting.epochs
    warm = max(1, steps // 15)
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimiser, lambda s: min((s + 1) / warm, max(0.0, (steps - s) / (steps - warm)))
    )
    total = torch.zeros((), device=setting.device)
    for _ in range(setting.epochs):
        total.zero_()
        for rows in batches(table.lengths, setting.batch, rng):
            loss = loss_of(model, table, rows, setting)
            optimiser.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(slow + fast, 1.0, foreach=True)
            optimiser.step()
            schedule.step()
            total += loss.detach() * len(rows)
    return float(total) / len(table.lengths)


def loss_of(model: Encoder, table: Table, rows: Sequence[int], setting: Setting) -> torch.Tensor:
    """The weighted cross-entropy of a batch, over both tasks."""
    index = torch.tensor(rows, device=setting.device)
    width = int(table.lengths[list(rows)].max())
    with torch.autocast(setting.device, dtype=torch.bfloat16, enabled=setting.device == "cuda"):
        stance, tone = model(table.ids[index, :width], table.roles[index, :width])
    wanted, weight = table.wanted[index], table.weight[index]
    is_tone = table.task[index] == TONE
    each = torch.where(is_tone, cross_entropy(tone, wanted), cross_entropy(stance, wanted[:, : len(LABELS)]))
    return (each * weight).mean()


def cross_entropy(scores: torch.Tensor, wanted: torch.Tensor) -> torch.Tensor:
    return -(wanted * F.log_softmax(scores.float(), -1)).sum(-1)


def scores_of(model: Encoder, examples: Sequence[Example], device: str) -> Any:
    """The scores of each example's labels, in full precision."""
    return scores_in(model, Table.of(examples, device), device)


def scores_in(model: Encoder, table: Table, device: str, half: bool = False) -> Any:
    """The scores of each row's labels."""
    model.to(device).eval()
    found = np.full((len(table.lengths), len(TONES)), -1e9, dtype=np.float32)
    with torch.no_grad(), torch.autocast(device, dtype=torch.bfloat16, enabled=half and device == "cuda"):
        for rows in batches(table.lengths, 512):
            index = torch.tensor(rows, device=device)
            width = int(table.lengths[rows].max())
            stance, tone = model(table.ids[index, :width], table.roles[index, :width])
            is_tone = (table.task[index] == TONE)[:, None]
            both = torch.where(is_tone, tone.float(), F.pad(stance.float(), (0, 1), value=-1e9))
            found[rows] = both.cpu().numpy()
    return found


# --- measures ---


def macro_f1(wanted: Sequence[int], found: Sequence[int]) -> float:
    """The mean F1 of the labels that occur, times 100.

    >>> round(macro_f1([0, 0, 1], [0, 1, 1]), 1)
    66.7
    """
    each = []
    for label in sorted(set(wanted)):
        right = sum(w == f == label for w, f in zip(wanted, found, strict=True))
        each.append(2 * right / (sum(w == label for w in wanted) + sum(f == label for f in found)))
    return 100 * sum(each) / len(each)


def softmax(scores: Any) -> Any:
    raised = np.exp(scores - scores.max(-1, keepdims=True))
    return raised / raised.sum(-1, keepdims=True)


def measures(scores: Mapping[str, Any], sets: Mapping[str, Sequence[Example]]) -> dict[str, float]:
    """Macro-F1 by set."""
    return {
        name: round(macro_f1([int(np.argmax(e.wanted)) for e in sets[name]], found.argmax(-1).tolist()), 1)
        for name, found in scores.items()
    }


# --- storing ---


def stored_arrays(state: Mapping[str, torch.Tensor]) -> dict[str, Any]:
    """The weights as they are stored: matrices as int8 with a scale a row, all else in full."""
    found: dict[str, Any] = {}
    for name, tensor in sorted(state.items()):
        array = tensor.detach().float().cpu().numpy()
        array = array[:192] if name.startswith("place") else array
        if array.ndim == 2 and array.shape[0] > 8:
            scale = np.maximum(np.abs(array).max(1), 1e-12).astype(np.float32) / np.float32(127)
            found[name] = np.rint(array / scale[:, None]).astype(np.int8)
            found[name + ".scale"] = scale
        else:
            found[name] = array.astype(np.float32)
    return found


def restored(arrays: Mapping[str, Any]) -> State:
    """The weights as the runtime reads them."""
    return {
        name: torch.from_numpy(
            a.astype(np.float32) * arrays[name + ".scale"][:, None] if a.dtype == np.int8 else a.copy()
        )
        for name, a in arrays.items()
        if not name.endswith(".scale")
    }


def as_stored(state: State, setting: Setting) -> Encoder:
    """The model with its weights rounded as they are when stored."""
    model = Encoder(len(setting.layers))
    model.load_state_dict(restored(stored_arrays(state)) | {"place.weight": state["place.weight"].float()})
    return model


def store(path: Path, state: State, setting: Setting, vocabulary: Sequence[str]) -> Path:
    """The one file that the project reads; the same weights give the same bytes."""
    arrays = stored_arrays(state)
    arrays["setting"] = np.frombuffer(json.dumps(asdict(setting), sort_keys=True).encode(), dtype=np.uint8)
    arrays["vocabulary"] = np.frombuffer("\n".join(vocabulary).encode(), dtype=np.uint8)
    np.savez(path, **arrays)
    return path


def averaged(states: Sequence[State]) -> State:
    """The mean of several models' weights."""
    return {name: sum(s[name].float() for s in states) / len(states) for name in states[0]}


# --- runs, several at a time on one device ---


@dataclass(frozen=True)
class Run:
    """A fitted model, and how right it is."""

    setting: Setting
    scores: dict[str, Any]
    measured: dict[str, float]
    weights: Path

    def state(self) -> State:
        return dict(torch.load(self.weights, weights_only=True))


CONTEXT: dict[str, Any] = {}  # what the workers share


def start(base: Path, sources: Sources, kept: Path, vocabulary: Sequence[str]) -> None:
    CONTEXT.update(base=base, sources=sources, kept=kept, vocabulary=vocabulary)
    torch.set_num_threads(1)


def fitted(setting: Setting) -> Run:
    """One run from beginning to end."""
    begun = time.time()
    sources, kept = CONTEXT["sources"], CONTEXT["kept"]
    rows = sources.training(setting)
    if setting.taught:
        rows = taught(rows, sources, setting, kept)
    model = based(CONTEXT["base"], setting)
    loss = fit(model, Table.of(rows, setting.device, setting.smoothing), setting)
    sets = sources.measured(setting)
    scores = {name: scores_of(model, examples, setting.device) for name, examples in sets.items()}
    weights = kept / f"{setting.name}.{setting.seed}.pt"
    torch.save({n: t.detach().cpu() for n, t in model.state_dict().items()}, weights)
    run = Run(setting, scores, measures(scores, sets), weights)
    print(f"{setting.name:28} seed {setting.seed} {run.measured} loss {loss:.3f} rows {len(rows)} "
          f"{time.time() - begun:.0f} s", flush=True)  # fmt: skip
    return run


def taught(rows: list[Example], sources: Sources, setting: Setting, kept: Path) -> list[Example]:
    """The labelled rows with the teachers' probabilities mixed in, and unlabelled ones with these alone."""
    stored = np.load(kept / "teachers.npz")
    chances = {
        e.key: c[: len(e.wanted)] for name in stored for e, c in zip(sources.sets[name], stored[name], strict=True)
    }
    share = setting.taught
    mixed = [replace(e, wanted=tuple((1 - share) * np.array(e.wanted) + share * chances[e.key])) for e in rows]
    return mixed + [replace(e, wanted=tuple(chances[e.key])) for e in sources.sets["transfer"]]


def known_sets(sources: Sources) -> Iterator[str]:
    """The labelled sets that are learnt from."""
    return (name for name in sources.sets if name not in (*DEVELOPMENT, "transfer"))


def teach(runs: Sequence[Run]) -> None:
    """Keep what the ensemble of `runs` says of every example."""
    sources, kept = CONTEXT["sources"], CONTEXT["kept"]
    names = [*known_sets(sources), "transfer"]
    examples = [e for name in names for e in sources.sets[name]]
    table = Table.of(examples, runs[0].setting.device)
    total = np.zeros((len(examples), len(TONES)), dtype=np.float32)
    for run in runs:
        model = based(CONTEXT["base"], run.setting)
        model.load_state_dict(run.state())
        total += softmax(scores_in(model, table, run.setting.device, half=True)) / len(runs)
    ends = np.cumsum([len(sources.sets[name]) for name in names])[:-1]
    parts: dict[str, Any] = dict(zip(names, np.split(total, ends), strict=True))
    np.savez(kept / "teachers.npz", **parts)


def together(runs: Sequence[Run], sources: Sources) -> dict[str, float]:
    """The measures of the mean probabilities of several runs."""
    scores = {name: np.mean([softmax(run.scores[name]) for run in runs], axis=0) for name in DEVELOPMENT}
    return measures(scores, sources.measured(Setting()))


def soup(runs: Sequence[Run], out: Path) -> dict[str, float]:
    """Average the runs' weights, store them, and measure them as stored."""
    setting = replace(runs[0].setting, fold=-1)
    state = averaged([run.state() for run in runs])
    model, sets = as_stored(state, setting), CONTEXT["sources"].measured(setting)
    store(out, state, setting, CONTEXT["vocabulary"])
    return measures({n: scores_of(model, examples, setting.device) for n, examples in sets.items()}, sets)


def load_sources(gold: Path, own: Path, vocabulary: Sequence[str], least: int | None = None) -> Sources:
    """All examples, in pieces. `least` keeps only the first few of each, for trying things out."""
    pieces = WordPiece(vocabulary)
    rows = {name: rows_of(gold / f"{name}.jsonl")[:least] for name in ("newsmtsc_train", "dse_train", *DEVELOPMENT)}
    rows["dse_train"] = unknown_to(rows["dse_train"], [row for name in DEVELOPMENT for row in rows[name]])
    rows |= {name: rows_of(own / f"{name}.jsonl")[:least] for name in ("stance_train", "tone_train", "transfer")}
    rows["told"] = told_rows(rows)[:least]
    return Sources({name: examples_of(name, found, pieces, FOLDS) for name, found in rows.items()})


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    for name in ("base", "gold", "own", "runs"):
        parser.add_argument(name, type=Path)
    parser.add_argument("--workers", type=int, default=12, help="runs at a time on the device")
    parser.add_argument("--least", type=int, help="only so many rows of each set and one epoch, for trying things out")
    asked = parser.parse_args()
    asked.runs.mkdir(parents=True, exist_ok=True)
    vocabulary = (asked.base / "vocab.txt").read_text(encoding="utf8").splitlines()
    sources = load_sources(asked.gold, asked.own, vocabulary, asked.least)
    print({name: len(found) for name, found in sources.sets.items()}, flush=True)
    shared = (asked.base, sources, asked.runs, vocabulary)
    start(*shared)
    with multiprocessing.get_context("fork").Pool(asked.workers, start, shared) as pool:  # before the device is touched
        teachers = [run for _, runs in groups_of(pool, TEACHERS, asked.least) for run in runs]
        print("teachers", mean_measures(teachers), "together", together(teachers, sources), flush=True)
        teach(teachers)
        for setting, runs in groups_of(pool, STUDENTS, asked.least):
            measured = soup(runs, asked.runs / f"{setting.name}.npz")
            print(setting.name, mean_measures(runs), "averaged, as stored", measured, flush=True)
            (asked.runs / f"{setting.name}.left_out.json").write_text(json.dumps(left_out(runs, sources)))


def left_out(runs: Sequence[Run], sources: Sources) -> dict[str, dict[str, list[float]]]:
    """What each run gives for the project's own sentences that it had not seen, by task and id."""
    found: dict[str, dict[str, list[float]]] = {}
    for run in runs:
        for name in OWN & run.scores.keys():
            for example, scores in zip(sources.measured(run.setting)[name], run.scores[name], strict=True):
                size = len(example.wanted)
                found.setdefault(name.removesuffix("_train"), {})[example.key.split()[2]] = np.round(
                    scores[:size], 2
                ).tolist()
    return found


def groups_of(
    pool: Any, settings: Sequence[tuple[Setting, int]], least: int | None
) -> Iterator[tuple[Setting, list[Run]]]:
    """The runs of each setting with its seeds, as soon as all are done; each leaves out another fold of our own sentences."""
    asked = [replace(s, seed=seed, fold=seed % FOLDS) for s, seeds in settings for seed in range(1 if least else seeds)]
    done = pool.imap(fitted, [replace(s, epochs=1) if least else s for s in asked], chunksize=1)
    for setting, seeds in settings:
        yield setting, [next(done) for _ in range(1 if least else seeds)]


def mean_measures(runs: Sequence[Run]) -> dict[str, float]:
    names = sorted({name for run in runs for name in run.measured})
    return {n: round(float(np.mean([r.measured[n] for r in runs if n in r.measured])), 1) for n in names}


if __name__ == "__main__":
    main()
