import { internal } from "../http/status_errors.ts";
import type { Answer, RequestContext } from "../http/request_context.ts";
import { parseSelector } from "../selector/selector.ts";
import { type ListOptions, listOptions } from "./list_options.ts";
import { reachRevision, revisionError } from "./revision.ts";
import { WatchEvents } from "./watch_events.ts";
import { WatchStream } from "./watch_stream.ts";
import { StatusError } from "../http/status_error.ts";

/**
 * Answers a watch.
 *
 * @param context The request.
 * @returns 200 with a stream of events, one JSON object a line.
 */
export async function watchObjects(context: RequestContext): Promise<Answer> {
  const { resource, query, state, info } = context;
  const options = listOptions(query, true);
  const named = info.name === "" ? options : withName(options, info.name);
  const selector = parseSelector(resource, named.selectors);
  const { resourceVersion } = options;
  const why = revisionError(resourceVersion);
  if (why !== undefined) throw internal(why);
  const events = new WatchEvents(context, selector);
  const stream = new WatchStream(context, options);
  try {
    if (options.initialEvents) {
      await reachRevision(state, Number(resourceVersion));
    }
    stream.start(events);
  } catch (error) {
    if (!(error instanceof StatusError)) throw error;
    stream.fail(events.failure(error.status));
  }
  return { response: stream.response, resourceVersion };
}

function withName(options: ListOptions, name: string): ListOptions {
  const { labels, fields } = options.selectors;
  const wanted = `metadata.name=${name}`;
  return {
    ...options,
    selectors: {
      labels,
      fields: fields === "" ? wanted : `${fields},${wanted}`,
    },
  };
}
