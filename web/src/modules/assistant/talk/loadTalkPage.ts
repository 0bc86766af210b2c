/** The part of the app that shows a talk; whoever knows that one will be opened loads it ahead. */
export const loadTalkPage = () => import('./TalkPage');
