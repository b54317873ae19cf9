"""Archives: many pages in, a line of JSON for each out, to be killed and started again at any moment."""

from app.batch.ledger import Ledger
from app.batch.runner import Tally, run
from app.batch.sources import Item, Rejected, count, read

__all__ = ["Item", "Ledger", "Rejected", "Tally", "count", "read", "run"]
