"""The queue's tasks: a run, and the taking up again of those whose worker died.

The queue is procrastinate's, in the same PostgreSQL: a task is deferred in the transaction of the act that asks for it, so that
neither exists without the other; a worker is woken by LISTEN/NOTIFY.
"""

from __future__ import annotations

from procrastinate import JobContext, RetryStrategy
from procrastinate.contrib.django import app

from aljabr.errors import AljabrError
from aljabr.registry.runs.work import do_run, give_up

ATTEMPTS = 5
# A worker that has not been heard of for so long is taken for dead.
SILENT_SECONDS = 10


@app.task(
    name="runs.determine", queue="runs", pass_context=True, retry=RetryStrategy(max_attempts=ATTEMPTS - 1, exponential_wait=2)
)
def determine(context: JobContext, run_id: str) -> None:
    """Do a run; what cannot be done is said in the run, after the last attempt when it may have been the machine."""
    try:
        do_run(run_id)
    except AljabrError as error:
        give_up(run_id, str(error))
    except Exception as error:
        # The outermost boundary of a task: the queue tries again, and after the last attempt the run says what went wrong.
        if context.job.attempts + 1 >= ATTEMPTS:
            give_up(run_id, f"{type(error).__name__}: {error}")
        raise


@app.periodic(cron="* * * * * */15")
@app.task(name="runs.take_up", queue="runs", queueing_lock="runs.take_up", pass_context=False)
async def take_up(timestamp: int) -> None:
    """Queue again what a dead worker left."""
    for job in await app.job_manager.get_stalled_jobs(seconds_since_heartbeat=SILENT_SECONDS):
        await app.job_manager.retry_job(job)
