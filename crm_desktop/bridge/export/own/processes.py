"""Processes, rules and what they brought about, as objects of our exchange file.

What a rule brought about for an order names it by its number on paper, and so does a task.
"""

from __future__ import annotations

from typing import Any

from crm_desktop.bridge.export.own.records import read_record, record_json
from crm_desktop.domain.customers import CustomerId
from crm_desktop.domain.processes import MOST_DAYS, OrderStep, Process, ProcessStep, WholeProcess
from crm_desktop.domain.rules import Firing, Rule, ToldFiring


def process_json(told: WholeProcess) -> dict[str, Any]:
    """The object that stands for a process."""
    return {"name": told.process.name, "steps": list(map(record_json, told.steps))}


def read_process(found: dict[str, Any]) -> WholeProcess:
    """The process that an object stands for.

    Raises:
        TypeError, ValueError, KeyError, AttributeError: it stands for none.
    """
    name = str(found["name"])
    if not name.strip():
        raise ValueError("no name")
    steps = [read_record(ProcessStep, one) for one in found.get("steps") or ()]
    for step in steps:
        check_step(step)
    return WholeProcess(Process(name), steps)


def read_order_step(found: dict[str, Any]) -> OrderStep:
    """The step of an order that an object stands for.

    Raises:
        TypeError, ValueError, KeyError, AttributeError: it stands for none.
    """
    step = read_record(OrderStep, found)
    check_step(step)
    return step


def check_step(step: ProcessStep | OrderStep) -> None:
    """Look a step over.

    Raises:
        ValueError, TypeError: it is none.
    """
    if not step.name.strip() or abs(step.due_days) > MOST_DAYS:
        raise ValueError("not a step")
    _ = step.needed, step.brings_about


def read_rule(found: dict[str, Any]) -> Rule:
    """The rule that an object stands for.

    Raises:
        TypeError, ValueError, KeyError: it stands for none.
    """
    rule = read_record(Rule, found)
    if not 0 <= rule.days <= MOST_DAYS or rule.months < 0:
        raise ValueError("not a rule")
    return rule


def firing_json(told: ToldFiring) -> dict[str, Any]:
    """The object that stands for what a rule brought about."""
    return record_json(told.firing) | ({"order": told.order} if told.order else {})


def read_firing(found: dict[str, Any], owner: CustomerId) -> ToldFiring:
    """What a rule brought about, by the object that stands for it.

    Raises:
        TypeError, ValueError, KeyError: it stands for nothing.
    """
    firing = read_record(Firing, found, customer_id=owner)
    if not firing.rule.strip() or not firing.said.strip():
        raise ValueError("not a rule")
    return ToldFiring(firing, str(found.get("order") or ""))
