"""sse-starlette on uvicorn: what streams.mjs describes, in its words. Prints its origin when it listens."""

import asyncio
import socket
import sys

import uvicorn
from sse_starlette import EventSourceResponse, ServerSentEvent
from starlette.applications import Starlette
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

HEARTBEAT, LONG = (int(argument) / 1000 for argument in sys.argv[1:])
PAUSE = 0.05
LAST = 40
AT_ONCE = 10


def tick(id):
    return ServerSentEvent(data=f"tick {id}", id=str(id))


def next_id(request):
    return int(request.headers.get("last-event-id", 0)) + 1


def stream(events, ping=0):
    return EventSourceResponse(events, ping=ping)


async def for_ever():
    await asyncio.Event().wait()


async def page(request):
    return PlainTextResponse("A page")


async def auth(request):
    id = next_id(request)

    async def events():
        yield tick(id)

    return stream(events()) if request.headers.get("authorization") == f"Bearer {id}" else Response(status_code=401)


async def answer(request):
    texts = await request.json()

    async def events():
        for text in texts:
            yield ServerSentEvent(data=text, event="text")

    return stream(events())


def feed(drops):
    async def endpoint(request):
        first = next_id(request)

        async def events():
            end = min(LAST + 1, first + AT_ONCE)
            for id in range(first, end):
                yield tick(id)
            if drops:
                await asyncio.sleep(PAUSE)
                yield b"id: 0\ndata: never fin"
                raise ConnectionError("dropped")

        return stream(events())

    return endpoint


async def heartbeats(request):
    async def events():
        yield tick(1)
        await asyncio.sleep(LONG)
        yield tick(2)
        await for_ever()

    return stream(events(), HEARTBEAT)


async def silent(request):
    async def events():
        yield tick(next_id(request))
        await for_ever()

    return stream(events())


app = Starlette(
    routes=[
        Route("/", page),
        Route("/auth", auth),
        Route("/answer", answer, methods=["POST"]),
        Route("/feed", feed(drops=False)),
        Route("/drop", feed(drops=True)),
        Route("/heartbeats", heartbeats),
        Route("/silent", silent),
    ]
)

listener = socket.create_server(("127.0.0.1", 0))
print(f"http://127.0.0.1:{listener.getsockname()[1]}", flush=True)
# That streams break off is wanted, and no news.
uvicorn.Server(uvicorn.Config(app, log_level=100)).run(sockets=[listener])
