"""Who does the work: this process, several of Dask's on this machine, or a cluster that is there already.

The same tasks are sent to all of them, a few more than there are workers at a time, so that neither memory nor the queue
grows with the corpus. A task whose worker died is done again by another; one that ends several is told apart.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, TypeVar

from helpers.copying import CAN_COPY, load_once
from helpers.errors import OnTheRecordError, SetupProblem

T = TypeVar("T")
AHEAD = 2  # tasks sent for each worker
MEMORY = 1_000_000_000  # bytes that a worker should have
PATIENCE = "20s"  # to find a scheduler


@dataclass
class Crew:
    """Workers, called in when there is something to do: in this process where one is enough."""

    workers: int | None = None  # one, unless more are called in
    scheduler: str | None = None
    stack: ExitStack = field(default_factory=ExitStack)

    def __enter__(self) -> Crew:
        return self

    def __exit__(self, *_: object) -> None:
        self.stack.close()

    @property
    def alone(self) -> bool:
        """Does this process do the work itself?"""
        return not self.scheduler and (self.workers or 1) == 1

    def get_ready(self) -> None:
        """Begin to load what workers of this machine need, if there are to be some."""
        if not (self.alone or self.scheduler):
            load_once("helpers.corpus.warm")

    @cached_property
    def client(self) -> Any:
        """The connection to the workers. Raises `SetupProblem` where no scheduler answers."""
        self.get_ready()
        import dask
        from distributed import Client, LocalCluster

        dask.config.set({"distributed.admin.large-graph-warning-threshold": "100MB"})
        dask.config.set({"distributed.worker.multiprocessing-method": "forkserver" if CAN_COPY else "spawn"})
        dask.config.set(
            {"distributed.worker.profile.enabled": False}
        )  # which asks each worker a hundred times a second
        for name in ("distributed", "tornado.application", "asyncio"):
            logging.getLogger(name).setLevel(logging.CRITICAL)  # what matters is told by us, in one line
        try:
            if self.scheduler:
                return self.stack.enter_context(Client(self.scheduler, timeout=PATIENCE))
            cluster = self.stack.enter_context(
                LocalCluster(
                    n_workers=self.workers,
                    threads_per_worker=1,  # Python computes one thing at a time in a process
                    dashboard_address="127.0.0.1:0",
                    silence_logs=logging.CRITICAL,
                )
            )
            return self.stack.enter_context(Client(cluster))
        except (OSError, TimeoutError, ValueError) as error:
            where = self.scheduler or "this machine"
            mend = "give --scheduler the address that the scheduler prints, or leave it out"
            raise SetupProblem(f"{where}: no workers there ({error}); {mend}") from error

    def done(self, work: Callable[[T], Any], tasks: Iterable[T]) -> Iterator[tuple[T, Exception | None]]:
        """Each task once its work is done, with what went wrong, in the order in which they end."""
        if self.alone:
            yield from ((task, here(work, task)) for task in tasks)
            return
        waiting: dict[Any, T] = {}
        ended: Any = None
        for task in tasks:
            if ended is None:
                from distributed import as_completed

                ended = as_completed(loop=self.client.loop)
            future = self.client.submit(work, task, pure=False)
            waiting[future] = task
            ended.add(future)
            while len(waiting) >= self.at_once():
                yield self.result(next(ended), waiting)
        while waiting:
            yield self.result(next(ended), waiting)

    def at_once(self) -> int:
        """How many tasks are under way together; a cluster may grow."""
        if self.alone:
            return 1
        return AHEAD * max(1, sum(self.client.nthreads().values())) if self.scheduler else AHEAD * (self.workers or 1)

    def result(self, future: Any, waiting: dict[Any, T]) -> tuple[T, Exception | None]:
        """The task of a future that has ended, and what went wrong with it."""
        from distributed import CancelledError

        try:
            error = future.exception()
        except CancelledError as problem:
            raise SetupProblem("the scheduler is gone; what is done is kept: start it, and run again") from problem
        future.release()
        return waiting.pop(future), of_the_task(error)


def here(work: Callable[[T], Any], task: T) -> Exception | None:
    """Do a task in this process; what went wrong with it."""
    try:
        work(task)
    except Exception as error:
        return of_the_task(error)
    return None


def of_the_task(error: Exception | None) -> Exception | None:
    """What went wrong with one task. Raises what stops the whole run: a full disk, another version of the project."""
    if isinstance(error, (OSError, OnTheRecordError)) and not isinstance(error, TimeoutError):
        raise error
    return error


def cores() -> int:
    """How many workers this machine, or the share of it that we were given, has room for."""
    from dask.system import CPU_COUNT
    from distributed.system import MEMORY_LIMIT

    return max(1, min(CPU_COUNT, MEMORY_LIMIT // MEMORY))
