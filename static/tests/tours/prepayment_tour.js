import { addTour } from "./add_tour";
import { confirm, fits, openMenu, see, seeState } from "./steps";

// An offer at the counter, see tests/prepayment/test_tour_sell.py.
const CARD = ".modal .o_kanban_record:not(.o_kanban_ghost)";
const field = (name) => `.modal .o_field_widget[name=${name}]`;

function choose(name, text) {
    return [
        { trigger: `${field(name)} input`, run: `edit ${text}` },
        { trigger: `.ui-autocomplete > li > a:contains(${text})`, run: "click" },
    ];
}

function settle() {
    return [
        {
            content: "600.00 is overdue: settled in the same step",
            trigger: `${field("amount_arrears")}:contains(600.00)`,
        },
        { trigger: ".modal .alert button[name=action_settle]", run: "click" },
        confirm("Ok"),
        {
            content: "Nothing is overdue any more",
            trigger: ".modal:not(:has(.alert button[name=action_settle]))",
        },
    ];
}

function payAndSell() {
    return [
        { trigger: `${field("paid_now")} input`, run: "check" },
        { trigger: `${field("journal_id")} input` },
        { trigger: ".modal-footer button[name=action_confirm]:enabled", run: "click" },
    ];
}

addTour("property_prepayment_counter", () => [
    ...openMenu("menu_property_prepayment", "menu_property_prepayment_sell"),
    ...choose("partner_id", "Lin Mei"),
    {
        content: "His unit comes along, with the reason why not yet",
        trigger: `${field("line_ids")} .o_data_row:contains(101):contains(has to be settled first)`,
    },
    ...settle(),
    {
        content: "Twelve months for eleven, 3,033.80 in place of 3,309.60",
        trigger: `${field("amount_total")}:contains(3,033.80)`,
    },
    { trigger: `${field("amount_saving")}:contains(275.80)` },
    ...payAndSell(),
    seeState("Running"),
    see("payment_state", "Paid"),
]);

// From the unit, on a screen 390 pixels wide.
addTour("property_prepayment_phone", () => [
    { trigger: ".o-form-buttonbox .o_button_more", run: "click" },
    { trigger: "button[name=action_sell_prepayment]", run: "click" },
    {
        content: "A card says what it costs, and why not yet",
        trigger: `${CARD}:contains(101):contains(has to be settled first)`,
        run() {
            fits(this.anchor);
        },
    },
    ...settle(),
    { trigger: `${CARD}:contains(3,033.80):contains(252.82)` },
    ...payAndSell(),
    seeState("Running"),
]);
