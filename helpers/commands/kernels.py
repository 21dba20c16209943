"""Kernels that start at once: each is a copy of one process that has loaded all that notebooks need.

>>> get_ready()                       # doctest: +SKIP
>>> NotebookClient(notebook, kernel_manager_class=ReadyKernel)          # doctest: +SKIP

Loading pandas, spaCy and the word lists takes several times as long as what most notebooks do with them. Each notebook still
has a process of its own, and none sees what another did. Where no process can be copied, kernels start as they always do.
"""

import os
import signal
from collections.abc import Mapping
from multiprocessing import get_context
from typing import Any

from jupyter_client.connect import KernelConnectionInfo
from jupyter_client.manager import AsyncKernelManager
from jupyter_client.provisioning import LocalProvisioner

from helpers.copying import CAN_COPY, load_once


def get_ready() -> None:
    """Begin to load, in a process of its own, what notebooks need; returns at once."""
    load_once("helpers.commands.warm")


def serve(arguments: list[str], folder: str, environment: Mapping[str, str]) -> None:
    """In the copy: be a kernel."""
    from ipykernel.kernelapp import launch_new_instance

    os.setsid()  # Ctrl-C is for the process that executes the notebooks
    os.chdir(folder)
    os.environ.clear()
    os.environ.update(environment, JPY_PARENT_PID=str(os.getppid()))  # it ends when that one does
    nowhere = os.open(os.devnull, os.O_RDWR)
    for stream in (0, 1, 2):
        os.dup2(nowhere, stream)
    launch_new_instance(argv=arguments)


class Copy:
    """A kernel in a copied process, with the ways of a `subprocess.Popen`, as far as provisioners use them."""

    stdin = stdout = stderr = None

    def __init__(self, arguments: list[str], folder: str, environment: Mapping[str, str]) -> None:
        self.process = get_context("forkserver").Process(
            target=serve, args=(arguments, folder, environment), daemon=True
        )
        self.process.start()
        self.pid = self.process.pid or 0

    def poll(self) -> int | None:
        """The exit status, or None while it runs."""
        return self.process.exitcode

    def wait(self, timeout: float | None = None) -> int | None:
        self.process.join(timeout)
        return self.process.exitcode

    def send_signal(self, number: int) -> None:
        """As os.kill; nothing where it has ended."""
        if self.poll() is None:
            os.kill(self.pid, number)

    def terminate(self) -> None:
        self.send_signal(signal.SIGTERM)

    def kill(self) -> None:
        self.send_signal(signal.SIGKILL)


class CopyProvisioner(LocalProvisioner):
    """How Jupyter gets such a kernel."""

    async def launch_kernel(self, cmd: list[str], **options: Any) -> KernelConnectionInfo:
        """Copy the ready process."""
        arguments = cmd[cmd.index("-f") :]
        folder = options.get("cwd") or os.getcwd()
        copy = Copy(arguments, folder, options.get("env") or dict(os.environ))
        self.process: Any = copy
        self.pid = copy.pid
        return self.connection_info


class ReadyKernel(AsyncKernelManager):
    """A manager of a kernel that is such a copy, where there can be one."""

    async def _async_pre_start_kernel(self, **options: Any) -> tuple[list[str], dict[str, Any]]:
        if CAN_COPY and self.provisioner is None:
            self.provisioner = CopyProvisioner(
                kernel_id=self.kernel_id or "", kernel_spec=self.kernel_spec, parent=self
            )
        return await super()._async_pre_start_kernel(**options)
