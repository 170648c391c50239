import { browser } from "@web/core/browser/browser";
import { addTour } from "./add_tour";
import { confirm, openMenu, press, seeState } from "./steps";

// Handing over to five owners, see tests/moment/test_tour_handover.py.
const CARD = ".o_kanban_record:not(.o_kanban_ghost)";
const card = (name) => `${CARD}:contains(${name})`;

function tap(name, button) {
    return { trigger: `${card(name)} button[name=${button}]:enabled`, run: "click" };
}

function arrive(name) {
    return [
        {
            content: `${name} is here`,
            trigger: `${card(name)} button[name=action_arrived]:enabled`,
            run: "click",
        },
        { trigger: `${card(name)} .badge:contains(Arrived)` },
    ];
}

/** Nobody is asked what he owes before he gets what is his. */
function handOutAndNext(name, left) {
    return [
        tap(name, "action_hand_out"),
        { trigger: `${card(name)}:not(:has(button[name=action_hand_out])):contains(3/3)` },
        tap(name, "action_complete"),
        { content: "The next one", trigger: `.o_kanban_view:not(:has(${card(name)}))` },
        { trigger: `${CARD}:count(${left})` },
    ];
}

addTour("property_handover", () => [
    ...openMenu("menu_property_moment", "menu_property_handover_batches"),
    { trigger: ".o_data_row .o_data_cell[name=name]:contains(First handover)", run: "click" },
    {
        content: "Choose the units that are not handed over yet",
        trigger: ".o_statusbar_buttons button:contains(Choose Units)",
        run: "click",
    },
    { trigger: ".modal .o_data_row:count(6)" },
    { trigger: ".modal button[name=action_add]", run: "click" },
    press("action_plan", "Everybody gets an appointment"),
    { trigger: ".o_field_widget[name=moment_ids] .o_data_row:first:contains(Lin Mei)" },
    {
        content: "The letters open in a tab of their own",
        trigger: ".o_statusbar_buttons button[name=action_invite]",
        run() {
            browser.open = (url) => (document.body.dataset.letters = url);
            this.anchor.click();
        },
    },
    { trigger: "body[data-letters*='invitations.pdf']" },
    press("action_start"),
    seeState("In Progress"),
    press("action_open_counter", "To the counter"),
    { trigger: `${CARD}:count(6):first:contains(Lin Mei)` },

    // Lin Mei owes 600.00 and pays.
    ...arrive("Lin Mei"),
    { trigger: `${card("Lin Mei")}:contains(600.00)` },
    tap("Lin Mei", "action_pay"),
    { trigger: ".modal .o_field_widget[name=amount] input:value(600.00)" },
    { trigger: ".modal button[name=action_apply]", run: "click" },
    { trigger: `${card("Lin Mei")}:contains(Settled)` },
    ...handOutAndNext("Lin Mei", 5),

    // Chen Hao promises, Wang Jun does not want to.
    ...arrive("Chen Hao"),
    tap("Chen Hao", "action_promise"),
    { trigger: ".modal .o_field_widget[name=amount] input:value(450.00)" },
    { trigger: ".modal button[name=action_apply]", run: "click" },
    { trigger: `${card("Chen Hao")}:contains(Promised)` },
    ...handOutAndNext("Chen Hao", 4),
    ...arrive("Wang Jun"),
    tap("Wang Jun", "action_decline"),
    { trigger: `${card("Wang Jun")}:contains(Declined)` },
    ...handOutAndNext("Wang Jun", 3),

    // Zhao Li owes nothing. Sun Wei owes 120.00 and says nothing about it.
    ...arrive("Zhao Li"),
    { trigger: `${card("Zhao Li")}:contains(Nothing due)` },
    ...handOutAndNext("Zhao Li", 2),
    ...arrive("Sun Wei"),
    { trigger: `${card("Sun Wei")}:contains(120.00)` },
    ...handOutAndNext("Sun Wei", 1),

    // Zhou Min does not come.
    { trigger: ".breadcrumb-item a:contains(First handover)", run: "click" },
    { trigger: ".o_field_widget[name=progress]:contains(83)" },
    press("action_done", "The day is over"),
    confirm("Close"),
    seeState("Done"),
    { trigger: "button[name=action_open_missed]:contains(1)", run: "click" },
    { trigger: `${CARD}:count(1):contains(Zhou Min)` },
    {
        content: "He is on the call list",
        trigger: `${card("Zhou Min")} button[name=action_new_appointment]`,
    },
]);
