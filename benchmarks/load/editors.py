"""Editors who save entries meanwhile: each opens the form, changes the note and sends it back."""

from __future__ import annotations

import asyncio
import time
from dataclasses import dataclass
from urllib.parse import urlencode

from benchmarks.load.client import Answer, Client
from tests.admin_forms import filled_in

OPEN, SAVE = "editor opens", "editor saves"


@dataclass
class Editors:
    client: Client
    session: str  # the value of the cookie of somebody who is signed in
    entries: list[int]

    async def run(self, saves: list[tuple[float, int]], began: float) -> None:
        async with asyncio.TaskGroup() as tasks:
            for at, number in saves:
                await asyncio.sleep(began + at - time.monotonic())
                tasks.create_task(self._edit(self.entries[number], began + at))

    async def _edit(self, entry: int, planned: float) -> None:
        """The form counts from its planned moment, the saving from when the form was read."""
        address = f"/beheer/practices/practice/{entry}/change/"
        cookies = f"sessionid={self.session}"
        opening = self.client.ask("GET", address, {"Cookie": cookies})
        form = await self.client.timed(OPEN, planned, opening, {200})
        if form is None or form.status != 200:
            return
        data = filled_in(form.text) | {
            "editorial_note": [f"Bekeken op {time.strftime('%d-%m-%Y %H:%M:%S')}"],
            "_save": ["Opslaan"],
        }
        cookies += f"; csrftoken={form.cookies['csrftoken']}"
        body = urlencode(data, doseq=True).encode()
        sending = self.client.ask("POST", address, {"Cookie": cookies}, body)
        answer = await self.client.timed(SAVE, time.monotonic(), sending, {302})
        if answer is not None and answer.status == 200:
            self.client.samples[-1].error = f"not saved: {_complaint(answer)}"


def _complaint(answer: Answer) -> str:
    _, _, rest = answer.text.partition('class="errorlist')
    return " ".join(rest.partition(">")[2].partition("</ul>")[0].split())[:200]
