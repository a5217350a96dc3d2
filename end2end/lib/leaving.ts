// Which pages are on their way out, and which requests went with them.
import type { Frame, Request } from "@playwright/test";

/** What one frame went through: how many pages, and whether the next is asked for. */
interface Passage {
  pages: number;
  asked: boolean;
}

/** The frame that asks; none while it is only being made, nor where no page asks. */
function frameOf(request: Request): Frame | undefined {
  try {
    return request.frame();
  } catch {
    return undefined;
  }
}

/** Follows the frames of a browser. */
export class Leaving {
  private readonly passages = new WeakMap<Frame, Passage>();
  private readonly askedFrom = new WeakMap<Request, number>();

  /** A request begins: for the next page of its frame, or from the page that stands there. */
  asked(request: Request): void {
    const frame = frameOf(request);
    if (!frame) return;
    const passage = this.passage(frame);
    if (request.isNavigationRequest()) passage.asked = true;
    this.askedFrom.set(request, passage.pages);
  }

  /** Another page stands in the frame. */
  arrived(frame: Frame): void {
    const passage = this.passage(frame);
    passage.pages += 1;
    passage.asked = false;
  }

  /** Whether the page that made this request is gone or going. What asks for a page is no part of the one before. */
  isLeft(request: Request): boolean {
    const frame = frameOf(request);
    if (!frame || request.isNavigationRequest()) return false;
    const { pages, asked } = this.passage(frame);
    return asked || this.askedFrom.get(request) !== pages;
  }

  private passage(frame: Frame): Passage {
    const passage = this.passages.get(frame) ?? { pages: 0, asked: false };
    this.passages.set(frame, passage);
    return passage;
  }
}
