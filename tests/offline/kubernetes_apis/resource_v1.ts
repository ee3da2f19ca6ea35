// kubernetes-types has older versions of these only; what they hold is long,
// so any JSON stands for it

/** A DeviceClass. */
export interface DeviceClass {
  spec: { [key: string]: unknown };
}

/** A ResourceClaim. */
export interface ResourceClaim {
  spec: { [key: string]: unknown };
  status?: { [key: string]: unknown };
}

/** A ResourceClaimTemplate. */
export interface ResourceClaimTemplate {
  spec: { spec: { [key: string]: unknown } };
}

/** A ResourceSlice. */
export interface ResourceSlice {
  spec: { [key: string]: unknown };
}
