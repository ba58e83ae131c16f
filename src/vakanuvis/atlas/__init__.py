"""The atlas: a chronicle in the browser, and over HTTP for programs.

    app        the ASGI application: what is served where
    safety     what stands before every request: who may ask, how much, how often, and what a browser may do with it
    memory     questions that need not be asked again
    repeats    answers that need not be made again
    problems   errors as RFC 9457 problem details, or as a page
    questions  what the API, the pages and the MCP server ask the chronicle alike
    api        /api/v1
    pages      what people read
    serving    the server around it all
"""

from vakanuvis.atlas.app import create, prepare
from vakanuvis.atlas.settings import Settings

__all__ = ["Settings", "create", "prepare"]
