import { inputFiles } from "@web/../tests/utils";
import { addTour } from "./add_tour";
import { confirm, openMenu, press, see, seeRows, seeState } from "./steps";

// The month from the owner's ledger to the payment notice, each part by the user whose
// work it is. Figures are explained in tests/billing/test_tour_month.py.
const COMMUNITY = "Sunrise Garden";

function logIn(login) {
    return [
        { trigger: "input[name=login]", run: `edit ${login}` },
        { trigger: "input[name=password]", run: `edit ${login}` },
        {
            trigger: ".oe_login_buttons button[type=submit]",
            run: "click",
            expectUnloadPage: true,
        },
    ];
}

function openRun() {
    return [
        ...openMenu("menu_property_billing", "menu_property_billing_run"),
        {
            content: "Open the run of February",
            trigger: `.o_data_row:contains(${COMMUNITY}):contains(2026-02) [name=community_id]`,
            run: "click",
        },
        { trigger: ".o_form_view .oe_title:contains(2026-02)" },
    ];
}

function chooseCommunity() {
    return [
        { trigger: ".o_field_widget[name=community_id] input", run: "click" },
        {
            trigger: `.o-autocomplete--dropdown-item:contains(${COMMUNITY})`,
            run: "click",
        },
        { trigger: `.o_field_widget[name=community_id] input:value(${COMMUNITY})` },
    ];
}

async function uploadLedger() {
    const response = await fetch("/property_fee_collection/tour/owner_ledger.xlsx");
    const file = new File([await response.blob()], "owner_ledger.xlsx");
    await inputFiles(".o_field_widget[name=file] input[type=file]", [file]);
}

addTour("property_month_import", () => [
    ...logIn("property_cs"),
    ...openMenu("menu_property_estate", "menu_property_ledger_import"),
    { trigger: ".o_list_button_add", run: "click" },
    {
        content: "Upload the workbook",
        trigger: ".o_field_widget[name=file] .o_select_file_button",
        run: uploadLedger,
    },
    { trigger: ".o_field_widget[name=file] input:value(owner_ledger.xlsx)" },
    ...chooseCommunity(),
    {
        trigger: ".o_field_widget[name=as_of] input",
        run: "edit 01/31/2026 && press Enter",
    },
    press("action_preview", "Look at the preview"),
    seeState("Previewed"),
    see("row_count", "8"),
    see("valid_count", "7"),
    see("invoice_count", "3"),
    { trigger: ".o_field_widget[name=amount_arrears]:contains(675.00)" },
    { trigger: ".o_field_widget[name=amount_ahead]:contains(450.00)" },
    {
        content: "The bad row is named, with column and reason",
        trigger: ".o_data_row:count(1):contains(area):contains(“待測” is not an area)",
    },
    { trigger: ".o_data_row [name=row]:text(6)" },
    { trigger: ".alert-warning:contains(rows will be left out)" },
    press("action_import", "Import the good rows"),
    confirm("Import"),
    seeState("Imported"),
    { trigger: ".o-mail-Message:contains(7 of 8 rows imported)" },
    {
        content: "Three opening invoices and the entry of what was paid ahead",
        trigger: ".oe_stat_button[name=action_open_moves]:contains(4)",
    },
    {
        trigger: ".oe_stat_button[name=action_open_units]:contains(7)",
        run: "click",
    },
    seeRows(7),
]);

addTour("property_month_sign_cs", () => [
    ...openMenu("menu_property_billing", "menu_property_billing_run"),
    { trigger: ".o_list_button_add", run: "click" },
    ...chooseCommunity(),
    { trigger: ".o_field_widget[name=period] button", run: "click" },
    {
        content: "Type the month as the screen shows it",
        trigger: ".o_field_widget[name=period] input",
        run: "edit 2026-02 && press Enter",
    },
    press("action_compute", "Compute the month"),
    seeState("Computed"),
    { trigger: ".oe_title:contains(Sunrise Garden 2026-02)" },
    { trigger: ".o_field_widget[name=amount_total]:contains(1,150.00)" },
    { trigger: ".oe_stat_button[name=action_open_charges]:contains(5)" },
    { trigger: ".alert-warning:contains(exceptions are open)" },
    {
        content: "The shop has no rate: say why it may stand",
        trigger: ".o_data_row:count(1):contains(No rate) [name=reason]",
        run: "click",
    },
    {
        trigger: ".o_data_row [name=reason] input",
        run: "edit Shops are billed by contract",
    },
    { trigger: ".o_data_row button[name=action_accept]", run: "click" },
    { trigger: ".o_data_row [name=state]:contains(Accepted)" },
    { trigger: ".o_form_view:not(:has(.alert-warning))" },
    press("action_sign_cs", "Sign for customer service"),
    confirm("Sign"),
    { trigger: ".o_field_widget[name=cs_signed_by]:contains(property_cs_head)" },
    seeState("Computed"),
    {
        content: "Who signed may not invoice yet, nor sign for Finance",
        trigger:
            ".o_statusbar_buttons:not(:has([name=action_create_invoices])):not(:has([name=action_sign_finance]))",
    },
]);

addTour("property_month_invoice", () => [
    ...openRun(),
    { trigger: ".o_field_widget[name=cs_signed_by]:contains(property_cs_head)" },
    press("action_sign_finance", "Sign for Finance"),
    confirm("Sign"),
    { trigger: ".o_field_widget[name=finance_signed_by]:contains(property_finance)" },
    seeState("Signed"),
    press("action_create_invoices", "Make the invoices"),
    seeState("Invoiced"),
    {
        trigger: ".oe_stat_button[name=action_open_invoices]:contains(5)",
        run: "click",
    },
    seeRows(5),
    {
        trigger: ".o_data_row:contains(300.00) [name=name]",
        run: "click",
    },
    seeState("Posted"),
    { trigger: ".o_field_widget[name=partner_id]:contains(Zhao Li)" },
]);

addTour("property_month_notices", () => [
    ...openRun(),
    press("action_issue_notices", "Issue the payment notices"),
    seeRows(4),
    {
        content: "Arrears are brought forward: 3 × 225.00 before February's 225.00",
        trigger: ".o_data_row:contains(Chen Hao):contains(900.00) [name=name]",
        run: "click",
    },
    seeState("Issued"),
    { trigger: ".o_field_widget[name=amount_total]:contains(900.00)" },
    { trigger: ".o_field_widget[name=line_ids] .o_data_row:contains(225.00)" },
    { trigger: ".o_data_row:contains(Arrears brought forward):contains(675.00)" },
    { trigger: ".o_statusbar_buttons button[name=action_open_pdf]" },
]);
