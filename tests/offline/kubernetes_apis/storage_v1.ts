export type * from "npm:kubernetes-types@^1.30.0/storage/v1.d.ts";

/** A VolumeAttributesClass, which kubernetes-types lacks. */
export interface VolumeAttributesClass {
  driverName: string;
  parameters?: { [name: string]: string };
}
