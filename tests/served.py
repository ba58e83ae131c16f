"""How tests serve an atlas: with a token they know, and without limits of rate."""

from vakanuvis.atlas import Settings

TOKEN = "a-token-for-tests"
BEARER = {"authorization": f"Bearer {TOKEN}"}
ALL = Settings(token=TOKEN, rate=1e6, burst=1_000_000, reads=1e6, reads_burst=1_000_000, hosts=())
