"""A host to be reached by ``ssh``: this machine itself, with a home folder of the test."""

from __future__ import annotations

import contextlib
import getpass
import os
import shutil
import socket
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psutil
import pytest


@dataclass
class Loopback:
    """An ``sshd`` on the loopback whose users begin in a folder of the test."""

    home: Path
    options: tuple[str, ...]
    server: subprocess.Popen[bytes]
    programs: Path
    """A folder whose ``ssh`` and ``scp`` know the host as ``there``, for what gives no options."""

    def cut(self) -> None:
        """End every connection, as a network does that fails."""
        for session in psutil.Process(self.server.pid).children():
            for each in (session, *session.children(recursive=True)):
                with contextlib.suppress(psutil.NoSuchProcess):
                    if each.name().startswith("sshd"):
                        each.kill()


_COMMAND = """\
#!/bin/sh
cd {home}
HOME={home} PATH={home}/bin:$PATH
export HOME PATH
case "$SSH_ORIGINAL_COMMAND" in *sftp*) exec /usr/lib/openssh/sftp-server;; esac
eval "$SSH_ORIGINAL_COMMAND"
"""


@contextmanager
def loopback(tmp_path: Path) -> Iterator[Loopback]:
    sshd = shutil.which("sshd", path="/usr/sbin:/usr/local/sbin:/usr/bin")
    if sshd is None or not shutil.which("ssh"):
        pytest.skip("there is no sshd to connect to")
    home = tmp_path / "home"
    home.mkdir()
    for name in ("host", "user"):
        command = ["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", str(tmp_path / name)]
        subprocess.run(command, check=True)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    (tmp_path / "command").write_text(_COMMAND.format(home=home))
    (tmp_path / "command").chmod(0o755)
    (tmp_path / "sshd_config").write_text(
        f"Port {port}\nListenAddress 127.0.0.1\nHostKey {tmp_path / 'host'}\nStrictModes no\n"
        f"AuthorizedKeysFile {tmp_path / 'user.pub'}\nPidFile none\nUsePAM no\n"
        f"ForceCommand {tmp_path / 'command'}\nSubsystem sftp /usr/lib/openssh/sftp-server\n"
    )
    (tmp_path / "config").write_text(
        f"Host there\nHostName 127.0.0.1\nPort {port}\nIdentityFile {tmp_path / 'user'}\n"
        f"User {getpass.getuser()}\nStrictHostKeyChecking no\nUserKnownHostsFile /dev/null\n"
        "LogLevel ERROR\n"
    )
    programs = tmp_path / "programs"
    programs.mkdir()
    for name in ("ssh", "scp"):
        real = shutil.which(name)
        wrapped = f'#!/bin/sh\nexec {real} -F {tmp_path / "config"} "$@"\n'
        (programs / name).write_text(wrapped)
        (programs / name).chmod(0o755)
    if os.geteuid() == 0:
        Path("/run/sshd").mkdir(exist_ok=True)
    server = subprocess.Popen([sshd, "-D", "-e", "-f", str(tmp_path / "sshd_config")])
    options = ("-F", str(tmp_path / "config"))
    try:
        for _ in range(100):
            reached = subprocess.run(["ssh", *options, "there", "true"], check=False)
            if reached.returncode == 0:
                break
        else:
            pytest.skip("sshd cannot be used here")
        yield Loopback(home, options, server, programs)
    finally:
        server.terminate()
        server.wait()
