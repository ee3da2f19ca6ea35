import type { NativeTraits } from "../native_traits.ts";
import { inField } from "./defaulted.ts";

/** CertificateSigningRequests, which say who asks; nobody owns their fields. */
export const SIGNING_REQUEST: NativeTraits = {
  nameErrors: () => [],
  unknownFieldText: (field) => `field label not supported: ${field}`,
  resetFields: {
    "": [["spec"], ["status"]],
    status: [["spec"]],
    approval: [["spec"], ["status", "certificate"]],
  },
  prepareForCreate: (object, { user }) =>
    inField(object, "spec", (spec) => ({
      ...spec,
      username: user.name,
      groups: user.groups,
    })),
  prepareForUpdate: ({ live, next }) => ({ ...next, spec: live.spec }),
};
