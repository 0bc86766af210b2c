import { assistantModule } from '@/modules/assistant/module';
import type { AppModule } from '@/shared/modules/appModule';

/** The apps of the house, in the order of the rail. An app that is not here is nowhere shown. */
export const modules: readonly AppModule[] = [assistantModule];
