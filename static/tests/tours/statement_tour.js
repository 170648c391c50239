import { addTour } from "./add_tour";
import { confirm, openMenu, press, seeRows, seeState, signFor } from "./steps";

// From the arrears statement to the closed case, each part by the user whose work it is.
// Figures are explained in tests/collection/test_tour_statement.py.
const COMMUNITY = "Sunrise Garden";

function openStatement() {
    return [
        ...openMenu("menu_property_collection", "menu_property_statement"),
        {
            content: "Open last month's statement",
            trigger: `.o_data_row:contains(${COMMUNITY}) [name=community_id]`,
            run: "click",
        },
        { trigger: `.o_form_view .oe_title:contains(${COMMUNITY})` },
    ];
}

function row(name) {
    return `.o_data_row:contains(${name})`;
}

addTour("property_statement_sign", () => [
    ...openStatement(),
    { trigger: ".oe_stat_button[name=action_open_lines]:contains(4)", run: "click" },
    seeRows(4),
    { trigger: `${row("Lin Mei")}:contains(275.80)` },
    { trigger: `${row("Chen Hao")}:contains(750.00)` },
    {
        content: "He says that he pays this afternoon: no notice for him",
        trigger: `${row("Wang Jun")} button[name=action_exclude]`,
        run: "click",
    },
    {
        trigger: ".modal .o_field_widget[name=reason] input",
        run: "edit Pays at the counter this afternoon",
    },
    { trigger: ".modal button[name=action_apply]", run: "click" },
    { trigger: "body:not(:has(.modal))" },
    { trigger: `${row("Wang Jun")}:contains(Excluded)` },
    { trigger: ".o_breadcrumb .o_back_button", run: "click" },
    {
        content: "Two notices are due before anything is signed",
        trigger: ".oe_stat_button[name=action_open_due]:contains(2)",
    },
    press("action_sign", "Sign"),
    confirm("Sign"),
    seeState("Signed"),
    { trigger: ".alert-info:contains(draft notices wait)" },
]);

addTour("property_statement_notices", () => [
    ...openStatement(),
    press("action_issue_notices", "Issue what was signed"),
    seeRows(2),
    {
        trigger: `${row("Lin Mei")}:contains(275.80) [name=name]`,
        run: "click",
    },
    { trigger: ".o_form_view button[name=action_deliver_signed]", run: "click" },
    ...signFor("Lin Mei"),
    { trigger: ".o_form_view .o_arrow_button_current:contains(Acknowledged)" },
]);

addTour("property_statement_pay", () => [
    {
        content: "Finance takes the money in the standard screen",
        trigger: ".o_statusbar_buttons button[name=action_register_payment]",
        run: "click",
    },
    { trigger: ".modal button[name=action_create_payments]", run: "click" },
    { trigger: ".o_widget_web_ribbon:contains(Paid), .ribbon:contains(Paid)" },
]);

addTour("property_statement_closed", () => [
    { trigger: ".o_form_view .ribbon:contains(Closed)" },
    { trigger: ".o_field_widget[name=state]:contains(Closed)" },
]);
