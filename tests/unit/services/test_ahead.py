import threading
from collections.abc import Generator

import pytest

from crm_desktop.services.imports.ahead import ahead


def test_items_come_in_order_from_another_thread() -> None:
    threads = set()

    def items() -> Generator[int, None, None]:
        for i in range(100):
            threads.add(threading.get_ident())
            yield i

    assert list(ahead(items())) == list(range(100))
    assert len(threads) == 1
    assert threading.get_ident() not in threads


def test_next_item_is_made_while_one_is_used() -> None:
    made = threading.Event()

    def items() -> Generator[int, None, None]:
        yield 1
        made.set()
        yield 2

    going = ahead(items())
    assert next(going) == 1
    assert made.wait(10)
    assert list(going) == [2]


def test_what_the_generator_raises_comes_in_its_place() -> None:
    def items() -> Generator[int, None, None]:
        yield 1
        raise ValueError("broken")

    going = ahead(items())
    assert next(going) == 1
    with pytest.raises(ValueError, match="broken"):
        next(going)


def test_closing_early_closes_the_generator_on_its_thread() -> None:
    closed_by = []

    def items() -> Generator[int, None, None]:
        try:
            yield from iter(int, 1)  # never ends
        finally:
            closed_by.append(threading.current_thread().name)

    going = ahead(items())
    assert next(going) == 0
    going.close()
    assert closed_by == ["ahead"]
