"""Prints every pledge, from the first one on. Run: python pledges.py HOST:PORT"""

import asyncio
import sys

from aiokafka import AIOKafkaConsumer
from muster_contracts import claims, codec, errors, topics


async def main(bootstrap: str) -> None:
    async with AIOKafkaConsumer("mission-events", bootstrap_servers=bootstrap, group_id="pledges", auto_offset_reset="earliest") as log:
        async for record in log:
            try:
                event, envelope = codec.decode(topics.MISSION_EVENTS, record.headers, record.value)
            except errors.RecordError:
                continue  # of a newer release, or nothing of ours
            if isinstance(event, claims.PledgeAnnounced):
                amount = f"{event.quantity.amount} {event.quantity.unit}" if event.quantity else "-"
                print(envelope.id, event.mission, event.contributor or "-", amount, event.evidence.quote, flush=True)


asyncio.run(main(sys.argv[1]))
