from benchmarks.indexes.plans import Scan, aliases_of, of_postgresql, of_sqlite, suspects

SIZES = {"practices_practice": 100_000, "practices_theme": 20}


def node(kind, rows, **more):
    return {"Node Type": kind, "Actual Rows": rows, "Actual Loops": 1, **more}


def test_sequential_scan_counts_what_it_left_out():
    scan = node(
        "Seq Scan", 2, **{"Relation Name": "practices_practice", "Rows Removed by Filter": 99_998}
    )
    plan = node("Limit", 2, Plans=[scan])

    assert list(of_postgresql(plan)) == [Scan("practices_practice", 100_000)]


def test_scan_in_a_loop_counts_each_time_unless_the_table_is_short():
    long = node("Seq Scan", 2_000, **{"Relation Name": "practices_source"}) | {"Actual Loops": 100}
    short = node("Seq Scan", 300, **{"Relation Name": "x"}) | {"Actual Loops": 100}
    plan = node("Nested Loop", 100, Plans=[long, short])

    assert list(of_postgresql(plan)) == [Scan("practices_source", 200_000)]


def test_index_with_a_condition_is_no_scan():
    found = {"Relation Name": "practices_practice", "Index Cond": "(slug = 'x')"}
    heap = node("Bitmap Heap Scan", 9, **{"Relation Name": "x", "Recheck Cond": "(a = 1)"})
    plan = node("Nested Loop", 9, Plans=[node("Index Scan", 1, **found), heap])

    assert list(of_postgresql(plan)) == []


def test_index_that_is_followed_to_a_limit_reads_little():
    found = {"Relation Name": "practices_practice", "Index Name": "practice_title"}
    short = node("Limit", 50, Plans=[node("Index Scan", 50, **found)])
    long = node("Limit", 50, Plans=[node("Index Scan", 90_000, **found)])

    assert list(of_postgresql(short)) == []
    assert list(of_postgresql(long)) == [Scan("practices_practice", 90_000, "practice_title")]


def test_sqlite_scan_of_a_big_table_is_found_and_a_search_is_not():
    details = ["SCAN practices_practice", "SEARCH practices_theme USING INDEX x (id=?)"]

    assert list(of_sqlite(details, SIZES, {}, limited=False)) == [
        Scan("practices_practice", 100_000)
    ]


def test_sqlite_order_that_an_index_gives_stops_at_the_limit():
    details = ["SCAN practices_practice USING INDEX practice_title"]

    assert list(of_sqlite(details, SIZES, {}, limited=True)) == []
    assert len(list(of_sqlite(details, SIZES, {}, limited=False))) == 1
    sorted_ = [*details, "USE TEMP B-TREE FOR ORDER BY"]
    assert len(list(of_sqlite(sorted_, SIZES, {}, limited=True))) == 1


def test_second_name_of_a_table_is_known():
    statement = 'SELECT 1 FROM "practices_practice" U0 INNER JOIN "practices_theme" T4 ON (1=1)'

    aliases = aliases_of(statement)

    assert (aliases["U0"], aliases["T4"]) == ("practices_practice", "practices_theme")
    assert list(of_sqlite(["SCAN U0"], SIZES, aliases, limited=False)) == [
        Scan("practices_practice", 100_000)
    ]


def test_much_for_little_is_suspect_and_much_for_much_is_not():
    scan = Scan("practices_practice", 100_000)

    assert suspects([scan], 20) == [scan]
    assert suspects([scan], 100_000) == []
    assert suspects([Scan("practices_theme", 20)], 20) == []
