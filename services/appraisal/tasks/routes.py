"""Routes of the catalogue of tasks."""

from datetime import date
from typing import Annotated

from fastapi import APIRouter, Depends, Query

from kit.access.people import People
from kit.problems import FieldError, of_status
from services.appraisal.access import ACTIVITIES, TASKS
from services.appraisal.tasks.models import ClosedTask, NewTask, TaskList, TaskRecord
from services.appraisal.tasks.store import Tasks

API = "/api/appraisal/v1"


def router(tasks: Tasks, people: People) -> APIRouter:
    """The whole catalogue, and what of it one employee may choose."""
    routes = APIRouter(prefix=API, tags=["tasks"])

    @routes.get("/tasks", summary="Katalog tugas", dependencies=[Depends(TASKS)])
    async def list_tasks(
        unit: Annotated[str | None, Query(max_length=64, description="A unit and what holds for every unit")] = None,
        as_of: Annotated[date | None, Query(description="Only what holds on this day")] = None,
    ) -> TaskList:
        """By name."""
        return TaskList(items=await tasks.of(None if unit is None else [unit], as_of))

    @routes.post("/tasks", status_code=201, summary="Tambah tugas", dependencies=[Depends(TASKS)])
    async def add_task(body: NewTask) -> TaskRecord:
        """For one unit, or for every unit."""
        return await tasks.add(body)

    @routes.put("/tasks/{task}/end", summary="Akhiri tugas", dependencies=[Depends(TASKS)])
    async def end_task(task: str, body: ClosedTask) -> TaskRecord:
        """From the day after it cannot be chosen any more; what was recorded for it stays."""
        found = await tasks.close(task, body.valid_to)
        if found is None:
            if not await tasks.is_there(task):
                raise of_status(404)
            wrong = "hari terakhir tidak boleh sebelum hari pertama"
            raise of_status(422, errors=[FieldError("/body/valid_to", wrong)])
        return found

    @routes.get(
        "/employees/{employee_id}/tasks", summary="Tugas yang dapat dipilih", dependencies=[Depends(ACTIVITIES)]
    )
    async def list_own_tasks(employee_id: str, on: Annotated[date, Query(alias="date")]) -> TaskList:
        """Of the units in which somebody holds a post on a day, and of every unit."""
        return TaskList(items=await tasks.of(await people.units(employee_id, on), on))

    return routes
