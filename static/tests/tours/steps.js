import { stepUtils } from "@web_tour/tour_utils";
import { MODULE } from "./add_tour";

// What the tours have in common.

export function openMenu(section, item) {
    return [
        ...stepUtils.goToAppSteps(`${MODULE}.menu_property_root`, "Open Property Fees"),
        {
            trigger: `.o_menu_sections [data-menu-xmlid="${MODULE}.${section}"]`,
            run: "click",
        },
        {
            trigger: `.dropdown-item[data-menu-xmlid="${MODULE}.${item}"]`,
            run: "click",
        },
    ];
}

export function press(name, content) {
    return {
        content,
        trigger: `.o_statusbar_buttons button[name=${name}]`,
        run: "click",
    };
}

export function confirm(label) {
    return {
        content: "Nothing happens before it is confirmed",
        trigger: `.modal .modal-footer .btn-primary:contains(${label})`,
        run: "click",
    };
}

export function see(field, text) {
    return { trigger: `.o_field_widget[name=${field}]:text(${text})` };
}

export function seeState(label) {
    // While a button works all others are disabled: the cog is back when it is done.
    const form = `.o_form_view:has(.o_arrow_button_current:contains(${label}))`;
    return { trigger: `${form} button:enabled:has(.fa-cog)` };
}

export function seeRows(count) {
    return { trigger: `.o_list_view .o_data_row:count(${count})` };
}

/** A stroke of a finger on a signature field. */
function sign(canvas) {
    const { left, top, width, height } = canvas.getBoundingClientRect();
    const stroke = [
        ["pointerdown", 0.2, 0.6],
        ["pointermove", 0.4, 0.2],
        ["pointermove", 0.6, 0.8],
        ["pointerup", 0.8, 0.4],
    ];
    for (const [type, x, y] of stroke) {
        canvas.dispatchEvent(
            new PointerEvent(type, {
                bubbles: true,
                isPrimary: true,
                pointerId: 1,
                pointerType: "touch",
                buttons: type === "pointerup" ? 0 : 1,
                clientX: left + x * width,
                clientY: top + y * height,
            })
        );
    }
}

/** Fill in the form of a delivery that its recipient signs. */
export function signFor(recipient) {
    return [
        { trigger: `.modal .o_field_widget[name=recipient] input:value(${recipient})` },
        {
            trigger: ".modal .o_field_widget[name=signature] .o_signature",
            run: "click",
        },
        { trigger: ".modal .o_web_sign_draw_button", run: "click" },
        {
            content: "The owner signs",
            trigger: ".modal canvas.o_web_sign_signature",
            run() {
                sign(this.anchor);
            },
        },
        {
            trigger: ".modal .modal-footer .btn-primary:enabled:contains(Adopt)",
            run: "click",
        },
        { trigger: ".modal .o_field_widget[name=signature] img" },
        { trigger: ".modal button[name=action_save]", run: "click" },
    ];
}

/** Open an item of the app on a screen on which menus are folded. */
export function openOnPhone(item) {
    return [
        { trigger: ".o_menu_toggle.hasImage", run: "click" },
        { trigger: ".o_sidebar_topbar a.btn-primary", run: "click" },
        {
            trigger: `.o_app_menu_sidebar .o_app[data-menu-xmlid="${MODULE}.menu_property_root"]`,
            run: "click",
        },
        // The home screen of the app, whatever is on it.
        { trigger: ".o_kanban_view .o_kanban_renderer" },
        { trigger: ".o_menu_toggle.hasImage", run: "click" },
        {
            trigger: `.o_app_menu_sidebar [data-menu-xmlid="${MODULE}.${item}"]`,
            run: "click",
        },
    ];
}

/** Throws for what reaches beyond the screen. */
export function fits(element) {
    const { left, right } = element.getBoundingClientRect();
    if (left < 0 || right > window.innerWidth) {
        throw new Error(`${element.textContent} reaches beyond the screen`);
    }
}
