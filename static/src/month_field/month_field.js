import { registry } from "@web/core/registry";
import { dateField, DateTimeField } from "@web/views/fields/datetime/datetime_field";

/**
 * A date that stands for its month: shown as 2026-11 whatever the language, chosen from
 * months instead of days.
 */
export class MonthField extends DateTimeField {
    getFormattedValue(valueIndex) {
        const value = this.values[valueIndex];
        return value ? value.toFormat("yyyy-MM", { numberingSystem: "latn" }) : "";
    }
}

export const monthField = {
    ...dateField,
    component: MonthField,
    displayName: "Month",
    extractProps: (fieldInfo, dynamicInfo) => ({
        ...dateField.extractProps(fieldInfo, dynamicInfo),
        minPrecision: "months",
    }),
    listViewWidth: [70, 100],
};

registry.category("fields").add("property_month", monthField);
