"""``POST /control``: tests order faults here, with a key that Spotify has not."""

from __future__ import annotations

import re
import secrets
import socket
import time
from typing import Final

from flask import Flask, Response, g, jsonify, request
from pydantic import ValidationError

from spotai.spotify.standin.faults import (
    ORDERS,
    Advance,
    Answer,
    Calls,
    Clear,
    Cut,
    Fault,
    Faults,
    Hold,
    Refreshes,
    Revoke,
    Shape,
)
from spotai.spotify.standin.refusals import RefusedError
from spotai.spotify.standin.world import World

PATH: Final = "/control"


class Control:
    """The orders and the faults they bring; calls are counted."""

    def __init__(self, world: World, key: str) -> None:
        self._world = world
        self._key = key.encode()
        self._faults = Faults()

    def add_to(self, app: Flask) -> None:
        app.add_url_rule(PATH, view_func=self.control, methods=["POST"])
        app.before_request(self._meet_faults)
        app.after_request(self._count)

    def control(self) -> Response:
        """Take an order from whoever has the key."""
        given = request.headers.get("X-Control-Key", "")
        if not secrets.compare_digest(given.encode(), self._key):
            return RefusedError(403, "The control key is another one").response()
        try:
            order = ORDERS.validate_json(request.get_data())
            if isinstance(order, Fault):
                re.compile(order.route)
        except (ValidationError, re.error) as error:
            return RefusedError(400, str(error)).response()
        with self._world.lock:
            return jsonify(self._carry_out(order))

    def _carry_out(self, order: object) -> dict[str, object]:
        match order:
            case Calls():
                return {"calls": self._faults.calls()}
            case Clear():
                self._faults.clear()
            case Advance(seconds=seconds):
                self._world.advance(seconds)
            case Revoke(listener=listener):
                self._world.grants.revoke(listener)
            case Refreshes(single_use=single_use):
                self._world.grants.single_use = single_use
            case Shape(old=old):
                self._world.old_shape = old
            case Fault():
                self._faults.order(order)
        return {}

    def _meet_faults(self) -> Response | None:
        g.cut = False
        if request.path == PATH:
            return None
        for fault in self._faults.strike(request.method, request.path):
            if isinstance(fault, Hold):
                time.sleep(fault.seconds)
            elif isinstance(fault, Answer):
                api = request.path.startswith("/v1/")
                return fault.refusal().response() if api else fault.token_refusal().response()
            elif isinstance(fault, Cut):
                g.cut = True
                if not fault.after_work:
                    return Response()
        return None

    def _count(self, answer: Response) -> Response:
        if request.path != PATH:
            self._faults.count(request.method, request.path, answer.status_code)
        if g.get("cut"):
            # What is written afterwards goes nowhere, and the server takes that for a lost client.
            request.environ["werkzeug.socket"].shutdown(socket.SHUT_RDWR)
        return answer
