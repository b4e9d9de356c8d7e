"""Asks a server over and over from one process: so many connections, each waiting for its answer before it asks again."""

import asyncio
import time

AWAITED_S = 120


class Connection:
    """One connection that is kept, and just enough of HTTP/1.1 to ask the servers that are measured."""

    def __init__(self, port):
        self.port = port
        self.writer = None

    async def ask(self, method, path, headers=(), body=b""):
        """Status and body."""
        if self.writer is None:
            self.reader, self.writer = await asyncio.open_connection("127.0.0.1", self.port, limit=1 << 20)
        lines = [f"{method} {path} HTTP/1.1", f"Host: 127.0.0.1:{self.port}", *headers]
        if body or method != "GET":
            lines.append(f"Content-Length: {len(body)}")
        self.writer.write("\r\n".join([*lines, "", ""]).encode() + body)
        head = (await self.reader.readuntil(b"\r\n\r\n")).lower()
        status = int(head[9:12])
        length = head.find(b"content-length:")
        if length >= 0:
            answer = await self.reader.readexactly(int(head[length + 15 : head.index(b"\r\n", length)]))
        elif b"transfer-encoding: chunked" in head:
            answer = await self._chunks()
        else:
            answer = b""
        if b"connection: close" in head:
            self.close()
        return status, answer

    async def _chunks(self):
        parts = []
        while True:
            size = int((await self.reader.readuntil(b"\r\n")).split(b";")[0], 16)
            parts.append((await self.reader.readexactly(size + 2))[:-2])
            if size == 0:
                return b"".join(parts)

    def close(self):
        if self.writer:
            self.writer.close()
            self.writer = None


class Taken:
    """What came of asking: milliseconds by kind of request, and what went wrong."""

    def __init__(self):
        self.ms = {}
        self.errors = []
        self.answers = 0
        self.wall_s = 0.0

    def note(self, kind, ms, problem):
        self.answers += 1
        self.ms.setdefault(kind, []).append(ms)
        if problem:
            self.errors.append(problem)

    def summary(self):
        kinds = {
            kind: {"requests": len(ms), "p50_ms": share(ms, 0.5), "p99_ms": share(ms, 0.99), "max_ms": max(ms)}
            for kind, ms in self.ms.items()
        }
        return {
            "requests": self.answers,
            "wall_s": self.wall_s,
            "per_s": self.answers / self.wall_s,
            "errors": len(self.errors),
            "first_errors": self.errors[:3],
            "kinds": kinds,
        }


def share(values, part):
    """The value that so large a part of them does not exceed."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(part * len(ordered)))]


def run(port, clients, asked, seconds=None, requests=None):
    """`asked(client, turn)` gives (kind, method, path, headers, body, right(status, body)): for so long, or so many times."""

    async def everybody():
        taken = Taken()
        began = time.perf_counter()
        left = [requests]

        def more():
            if requests is None:
                return time.perf_counter() - began < seconds
            left[0] -= 1
            return left[0] >= 0

        async def one(client):
            connection, turn = Connection(port), 0
            while more():
                kind, method, path, headers, body, right = asked(client, turn)
                start = time.perf_counter()
                try:
                    status, answer = await asyncio.wait_for(connection.ask(method, path, headers, body), AWAITED_S)
                    spent = (time.perf_counter() - start) * 1e3
                    problem = None if right(status, answer) else f"{method} {path}: {status} {answer[:200]!r}"
                except (OSError, asyncio.IncompleteReadError, TimeoutError, ValueError) as error:
                    spent = (time.perf_counter() - start) * 1e3
                    problem = f"{method} {path}: {error!r}"
                    connection.close()
                taken.note(kind, spent, problem)
                turn += 1
            connection.close()

        await asyncio.gather(*(one(client) for client in range(clients)))
        taken.wall_s = time.perf_counter() - began
        return taken

    return asyncio.run(everybody())
