from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

from report_kit import Print, customer


def test_a_page_is_drawn_white_with_ink(printed: Print) -> None:
    pages = printed(customer("Anna"))
    page = pages.render(0, scale=2)
    assert (page.width, page.height) == (1191, 1684)
    assert page.stride == page.width * 4
    assert len(page.data) == page.stride * page.height
    assert page.data[:4] == b"\xff\xff\xff\xff"
    assert min(page.data) < 60
    red_of_accent = sum(
        1 for i in range(0, len(page.data), 4) if page.data[i : i + 3] == b"\xe5\x46\x4f"
    )
    assert red_of_accent > 20  # the initials: #4F46E5, written blue, green, red


def test_threads_may_share_a_document(printed: Print) -> None:
    pages = printed(*(customer(f"Customer {n}") for n in range(8)))
    with ThreadPoolExecutor(4) as pool:
        pictures = list(pool.map(lambda n: pages.render(n, scale=0.5), range(8)))
        texts = list(pool.map(pages.text, range(8)))
    assert len({picture.data for picture in pictures}) == 8
    assert all(f"Customer {n}" in text for n, text in enumerate(texts))


def test_closing_twice_is_fine(printed: Print) -> None:
    with printed(customer()) as pages:
        assert pages.count == 1
    pages.close()
