"""Who does the work: Dask's workers, in this process, in several on this machine, or on a cluster that is there already.

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

    @cached_property
    def client(self) -> Any:
        """The connection to the workers. Raises `SetupProblem` where no scheduler answers."""
        import dask
        from distributed import Client, LocalCluster

        number = self.workers or 1
        dask.config.set({"distributed.admin.large-graph-warning-threshold": "100MB"})
        for name in ("distributed", "tornado.application", "asyncio"):
            logging.getLogger(name).setLevel(logging.CRITICAL)  # what matters is told by us, in one line
        try:
            if self.scheduler:
                return self.stack.enter_context(Client(self.scheduler, timeout=PATIENCE))
            cluster = self.stack.enter_context(
                LocalCluster(
                    n_workers=number,
                    threads_per_worker=1,  # Python computes one thing at a time in a process
                    processes=number > 1,
                    memory_limit="auto" if number > 1 else 0,
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
        return AHEAD * max(1, sum(self.client.nthreads().values())) if self.scheduler else AHEAD * (self.workers or 1)

    def result(self, future: Any, waiting: dict[Any, T]) -> tuple[T, Exception | None]:
        """The task of a future that has ended. Raises what stops the whole run: a full disk, another version of the project."""
        from distributed import CancelledError

        try:
            error = future.exception()
        except CancelledError as problem:
            raise SetupProblem("the scheduler is gone; what is done is kept: start it, and run again") from problem
        if isinstance(error, (OSError, OnTheRecordError)) and not isinstance(error, TimeoutError):
            raise error
        future.release()
        return waiting.pop(future), error


def cores() -> int:
    """How many workers this machine, or the share of it that we were given, has room for."""
    from dask.system import CPU_COUNT
    from distributed.system import MEMORY_LIMIT

    return max(1, min(CPU_COUNT, MEMORY_LIMIT // MEMORY))
