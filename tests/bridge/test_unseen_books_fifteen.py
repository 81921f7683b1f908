"""What a nineteenth round of unseen books taught, of the kinds of the shipped samples."""

from __future__ import annotations

from pathlib import Path

import pytest
from archives import Bring, import_file, write_book

from crm_desktop.bridge.values.nothing import says_vacant
from crm_desktop.services.workspace import Workspace


def test_the_firm_that_uses_a_lift_and_the_person_to_ring_there(bring: Bring) -> None:
    rows = [
        ["设备编号", "使用单位", "联系人", "值班电话", "设备地址"],
        ["DT-01", "昆山嘉禾精密模具有限公司", "范若曦", "13881932947", "昆山市前进路1号"],
        ["DT-02", "锦程物流有限公司", "周红霞", "13746884777", "昆山市长江路8号"],
        ["DT-03", "昆山百顺家政服务部", "袁雨桐", "13869363602", "昆山市柏庐路6号"],
    ]
    found = bring(rows, country="CN")
    assert {"昆山嘉禾精密模具有限公司", "锦程物流有限公司", "昆山百顺家政服务部"} < set(found.names)
    assert found.by_name["周红霞"]["organisation"] == "锦程物流有限公司"
    numbers = {n for name in found.names for n in found.phones(name)}
    assert "+8613746884777" in numbers


def test_who_reports_a_fault_is_the_customer(bring: Bring) -> None:
    rows = [
        ["报修日期", "报修人", "来电号码", "房屋地址", "故障"],
        ["2024-03-02", "梁亮", "13901938776", "幸福路12号3幢", "漏水"],
        ["2024-03-05", "方静", "13765481952", "人民路9号", "跳闸"],
        ["2024-03-09", "丁海燕", "13825116284", "解放路77号", "漏水"],
    ]
    found = bring(rows, country="CN")
    assert sorted(found.names) == sorted(["梁亮", "方静", "丁海燕"])
    assert found.phones("方静") == ["+8613765481952"]
    assert "人民路9号" in found.by_name["方静"]["addresses"][0]["street"]


@pytest.mark.parametrize("country", ["TW", ""])
def test_the_newest_sheet_as_taiwan_counts_years(tmp_path: Path, country: str) -> None:
    head = ["姓名", "電話", "口味"]
    sheets = {
        "113年": [head, ["陳怡君", "0912345678", "金"], ["林志明", "0922345678", "銀"]],
        "民國99年": [head, ["陳怡君", "0912345678", "銅"], ["林志明", "0922345678", "銅"]],
    }
    path = tmp_path / "客戶.xlsx"
    write_book(path, sheets, ())
    with Workspace.open(tmp_path / "a.crm", create=True, data_dir=tmp_path / "d") as workspace:
        workspace.settings.set_home_country(country)
        found = import_file(workspace, path)
    assert found.by_name["陳怡君"]["custom"]["口味"] == "金"
    assert found.by_name["林志明"]["custom"]["口味"] == "銀"


def test_a_flat_that_stands_empty_is_no_customer(bring: Bring) -> None:
    rows = [
        ["Unit", "Tenant", "Mobile", "E-mail"],
        ["A1", "Jane Whitlock", "07911 123451", "jane@example.com"],
        ["A2", "VACANT", None, None],
        ["A3", "Ben Okafor", "07911 123453", "ben@example.com"],
        ["A4", "(vacant)", None, None],
        ["A5", "Ruth Hale", "07911 123454", "ruth@example.com"],
    ]
    found = bring(rows, country="GB")
    assert sorted(found.names) == ["Ben Okafor", "Jane Whitlock", "Ruth Hale"]


@pytest.mark.parametrize("name", ["Vacant", "- vago -", "空置", "（招租中）", "PARA ALUGAR"])
def test_words_of_empty_places(name: str) -> None:
    assert says_vacant(name)


@pytest.mark.parametrize("name", ["Vago, Rui", "空海", "Livre Comércio Lda", "Empty Nest Ltd"])
def test_names_that_only_look_like_it(name: str) -> None:
    assert not says_vacant(name)


def test_his_tax_number_may_stand_in_a_later_row_only(bring: Bring) -> None:
    rows = [
        ["Tutor", "Celular", "CPF", "Cão", "Raça"],
        ["Rui Costa", "31984029308", None, "Bolota", "Beagle"],
        ["Rui Costa", "31984029308", "529.982.247-25", "Faísca", "Poodle"],
        ["Eva Lima", "31994697470", "111.444.777-35", "Luna", "Pug"],
    ]
    found = bring(rows, country="BR")
    assert sorted(found.names) == ["Eva Lima", "Rui Costa"]
    custom = found.by_name["Rui Costa"]["custom"]
    assert custom["CPF"] == "529.982.247-25"
    assert custom["Raça"] == "Beagle"  # the second dog's is kept with it, in the notes


def test_the_unit_of_a_storehouse_is_no_part_of_the_street(bring: Bring) -> None:
    rows = [
        ["Unit", "Size", "Customer", "Phone", "E-mail", "Street", "City"],
        ["B12", "10x10", "Jane Whitlock", "(757) 555-0141", "j@example.com", "1 Oak St", "Norfolk"],
        ["B13", "10x20", "Ben Okafor", "(757) 555-0142", "b@example.com", "2 Oak St", "Norfolk"],
        ["C01", "5x10", "Ruth Hale", "(757) 555-0143", "r@example.com", "3 Oak St", "Norfolk"],
    ]
    found = bring(rows, country="US")
    jane = found.by_name["Jane Whitlock"]
    assert jane["addresses"][0]["street"] == "1 Oak St"
    assert jane["custom"]["Unit"] == "B12"


def test_the_unit_beside_the_street_is(bring: Bring) -> None:
    rows = [
        ["Customer", "Phone", "Street", "Unit", "City"],
        ["Jane Whitlock", "(757) 555-0141", "1 Oak St", "Apt 2", "Norfolk"],
        ["Ben Okafor", "(757) 555-0142", "2 Oak St", "Apt 9", "Norfolk"],
        ["Ruth Hale", "(757) 555-0143", "3 Oak St", "Apt 11", "Norfolk"],
    ]
    street = bring(rows, country="US").by_name["Jane Whitlock"]["addresses"][0]["street"]
    assert street.splitlines() == ["1 Oak St", "Apt 2"] or street == "1 Oak St, Apt 2"
