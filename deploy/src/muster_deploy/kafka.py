"""A real Kafka without containers: one JVM that is broker and controller (KRaft), in a folder of its own."""

from __future__ import annotations

import asyncio
import base64
import logging
import shlex
import shutil
import subprocess
import uuid
from pathlib import Path
from typing import Final

from aiokafka.admin import AIOKafkaAdminClient
from aiokafka.errors import KafkaError

from muster_deploy.errors import DidNotStart
from muster_deploy.jars import class_path
from muster_deploy.ports import LOOPBACK, answers
from muster_deploy.programs import Program, spawn

LARGEST_MESSAGE: Final = 8 * 1024 * 1024  # bytes; topics of ours go up to 6 MiB, and each sets its own bound

LOGGING: Final = """\
Configuration:
  status: warn
  Appenders:
    Console:
      name: stdout
      PatternLayout: {pattern: "%d{yyyy-MM-dd HH:mm:ss,SSS} %p %c{1}: %m%n"}
  Loggers:
    Root: {level: INFO, AppenderRef: {ref: stdout}}
"""


def server_properties(data: Path, port: int, controller_port: int) -> str:
    """The broker's configuration: one node, loopback only, nothing created or deleted behind the topic table's back."""
    values = {
        "process.roles": "broker,controller",
        "node.id": "1",
        "controller.quorum.voters": f"1@{LOOPBACK}:{controller_port}",
        "listeners": f"PLAINTEXT://{LOOPBACK}:{port},CONTROLLER://{LOOPBACK}:{controller_port}",
        "advertised.listeners": f"PLAINTEXT://{LOOPBACK}:{port}",
        "controller.listener.names": "CONTROLLER",
        "inter.broker.listener.name": "PLAINTEXT",
        "listener.security.protocol.map": "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT",
        "log.dirs": str(data),
        "auto.create.topics.enable": "false",
        "log.retention.ms": "-1",
        "log.retention.bytes": "-1",
        "message.max.bytes": str(LARGEST_MESSAGE),
        "replica.fetch.max.bytes": str(LARGEST_MESSAGE),
        # A single broker can't replicate; and few groups need few partitions of bookkeeping.
        "offsets.topic.replication.factor": "1",
        "offsets.topic.num.partitions": "4",
        "transaction.state.log.replication.factor": "1",
        "transaction.state.log.min.isr": "1",
        "transaction.state.log.num.partitions": "4",
        "share.coordinator.state.topic.replication.factor": "1",
        "share.coordinator.state.topic.min.isr": "1",
        "share.coordinator.state.topic.num.partitions": "4",
        # The wait for more members of a new group helps large groups; here it would delay every start by 3 s.
        "group.initial.rebalance.delay.ms": "0",
    }
    return "".join(f"{name}={value}\n" for name, value in values.items())


class KafkaServer:
    """One broker in one folder.

    Args:
        folder: holds data, configuration and nothing else.
        java: a Java 17 or newer.
        jars: a folder with all jars of a broker.
        heap: as -Xmx takes it, e.g. "512m".
        options: further options for Java, as on a command line.
    """

    def __init__(self, folder: Path, *, java: Path, jars: Path, heap: str, log: Path, options: str = "") -> None:
        self.folder = folder
        self.data = folder / "data"
        self.log = log
        # The serial collector: the least memory and the fastest start on a machine with few cores.
        self._java = [
            str(java),
            *shlex.split(options),
            f"-Xmx{heap}",
            "-XX:+UseSerialGC",
            f"-Dlog4j2.configurationFile={folder / 'log4j2.yaml'}",
            "-cp",
            class_path(jars),
        ]

    def start(self, port: int, controller_port: int) -> Program:
        """Start the broker; formats its storage the first time. Doesn't wait until it answers."""
        self.folder.mkdir(parents=True, exist_ok=True)
        (self.folder / "log4j2.yaml").write_text(LOGGING, encoding="utf-8")
        properties = self.folder / "server.properties"
        properties.write_text(server_properties(self.data, port, controller_port), encoding="utf-8")
        self._format(properties)
        return spawn("kafka", [*self._java, "kafka.Kafka", properties], log=self.log, cwd=self.folder)

    def _format(self, properties: Path) -> None:
        if (self.data / "meta.properties").is_file():
            return
        shutil.rmtree(self.data, ignore_errors=True)  # a format that was cut short; no broker has ever run on it
        done = subprocess.run(
            [*self._java, "kafka.tools.StorageTool", "format", f"--cluster-id={cluster_id()}", "--config", properties],
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
            cwd=self.folder,
        )
        if done.returncode != 0:
            raise DidNotStart(f"Kafka's storage in {self.data} could not be formatted.", log_lines=tuple(done.stdout.splitlines()[-20:]))


def cluster_id() -> str:
    """A new cluster's id: 16 bytes in URL-safe base64, as Kafka makes its own."""
    return base64.urlsafe_b64encode(uuid.uuid4().bytes).decode().rstrip("=")


def answers_admin(bootstrap: str, seconds: float = 5.0) -> bool:
    """Whether a broker answers an admin call (a list of its topics) there."""
    host, _, port = bootstrap.split(",")[0].strip().rpartition(":")
    # A closed port is asked without the client, which would log an error for each of the many tries during a start.
    if not port.isdigit() or not answers(host.strip("[]"), int(port)):
        return False
    try:
        asyncio.run(asyncio.wait_for(_list_topics(bootstrap), seconds))
    except (KafkaError, TimeoutError, OSError):
        return False
    return True


async def _list_topics(bootstrap: str) -> None:
    client_log = logging.getLogger("aiokafka")
    level = client_log.level
    client_log.setLevel(logging.CRITICAL)
    admin = AIOKafkaAdminClient(bootstrap_servers=bootstrap)
    try:
        await admin.start()
        await admin.list_topics()
    finally:
        await admin.close()
        client_log.setLevel(level)
